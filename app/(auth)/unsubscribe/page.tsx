import type { Metadata } from "next";
import { AuthCard } from "@/components/auth/auth-card";
import { LinkForm } from "@/components/auth/link-form";
import { readMailSubscription, type LinkedSubscription } from "@/lib/services/mail/unsubscribe";
import { unsubscribeAction } from "./actions";

export const metadata: Metadata = { title: "Unsubscribe", referrer: "no-referrer" };

export default async function UnsubscribePage({ searchParams }: PageProps<"/unsubscribe">) {
  const { token } = await searchParams;
  const found = typeof token === "string" ? await readMailSubscription(token) : null;
  if (!found || typeof token !== "string") {
    return (
      <AuthCard
        title="This link does not work"
        description="The link is incomplete, or what it belongs to was deleted."
      >
        <p className="text-sm">An administrator can change who receives mail.</p>
      </AuthCard>
    );
  }
  const { address, isSubscribed } = found;
  const what = subscriptionWords(found);
  if (!isSubscribed) {
    return (
      <AuthCard title="Unsubscribed">
        <p>{`${address} does not receive ${what}.`}</p>
      </AuthCard>
    );
  }
  return (
    <AuthCard title="Unsubscribe" description={`${address} receives ${what}.`}>
      <LinkForm action={unsubscribeAction} token={token} label="Unsubscribe" pendingLabel="Unsubscribing…" />
    </AuthCard>
  );
}

function subscriptionWords({ kind, name, company }: LinkedSubscription): string {
  const whose = company ?? "the portal";
  return kind === "report"
    ? `the scheduled report “${name}” of ${whose}`
    : `notifications of the channel “${name}” of ${whose}`;
}
