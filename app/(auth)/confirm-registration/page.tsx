import type { Metadata } from "next";
import { AuthCard } from "@/components/auth/auth-card";
import { DeadLink } from "@/components/auth/dead-link";
import { LinkForm } from "@/components/auth/link-form";
import { openLink } from "@/lib/server/auth/open-link";
import { readRegistration } from "@/lib/services/registration/confirm-registration";
import { confirmRegistrationAction } from "./actions";

export const metadata: Metadata = { title: "Confirm your email address", referrer: "no-referrer" };

export default async function ConfirmRegistrationPage({ searchParams }: PageProps<"/confirm-registration">) {
  const link = await openLink(searchParams, readRegistration);
  if (!link) return <DeadLink description="It was used or has expired. Register again." />;
  const { username, email } = link.found;
  return (
    <AuthCard title="Confirm your email address" description={`Register ${username} with ${email}.`}>
      <LinkForm
        action={confirmRegistrationAction}
        token={link.token}
        label="Confirm address"
        pendingLabel="Confirming…"
      />
    </AuthCard>
  );
}
