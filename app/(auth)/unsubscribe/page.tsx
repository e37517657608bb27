import type { Metadata } from "next";
import { AuthCard } from "@/components/auth/auth-card";
import { LinkForm } from "@/components/auth/link-form";
import { readMailSubscription } from "@/lib/services/notifications/unsubscribe";
import { unsubscribeAction } from "./actions";

export const metadata: Metadata = { title: "Unsubscribe", referrer: "no-referrer" };

export default async function UnsubscribePage({ searchParams }: PageProps<"/unsubscribe">) {
  const { token } = await searchParams;
  const found = typeof token === "string" ? await readMailSubscription(token) : null;
  if (!found || typeof token !== "string") {
    return (
      <AuthCard
        title="This link does not work"
        description="The channel was deleted, or the link is incomplete."
      >
        <p className="text-sm">An administrator can change who receives notifications.</p>
      </AuthCard>
    );
  }
  const whose = found.company === null ? "of the portal" : `of ${found.company}`;
  if (!found.isSubscribed) {
    return (
      <AuthCard title="Unsubscribed">
        <p>{`Nothing of the channel “${found.channel}” ${whose} is sent to ${found.address}.`}</p>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title="Unsubscribe"
      description={`The channel “${found.channel}” ${whose} sends notifications to ${found.address}.`}
    >
      <LinkForm action={unsubscribeAction} token={token} label="Unsubscribe" pendingLabel="Unsubscribing…" />
    </AuthCard>
  );
}
