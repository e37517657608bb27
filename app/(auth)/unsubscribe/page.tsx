import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { AuthCard } from "@/components/auth/auth-card";
import { LinkForm } from "@/components/auth/link-form";
import { pageTitle } from "@/lib/server/texts/page-title";
import { readMailSubscription } from "@/lib/services/mail/unsubscribe";
import { unsubscribeAction } from "./actions";

export const generateMetadata = pageTitle("unsubscribe.title", { referrer: "no-referrer" });

export default async function UnsubscribePage({ searchParams }: PageProps<"/unsubscribe">) {
  const { token } = await searchParams;
  const found = typeof token === "string" ? await readMailSubscription(token) : null;
  if (!found || typeof token !== "string") return <NoSubscription />;
  const t = await getTranslations("unsubscribe");
  const isReport = found.kind === "report";
  const named = { address: found.address, name: found.name, company: found.company ?? t("portal") };
  if (!found.isSubscribed) {
    return (
      <AuthCard title={t("doneTitle")}>
        <p>{isReport ? t("noReport", named) : t("noChannel", named)}</p>
      </AuthCard>
    );
  }
  return (
    <AuthCard
      title={t("title")}
      description={isReport ? t("receivesReport", named) : t("receivesChannel", named)}
    >
      <LinkForm action={unsubscribeAction} token={token} label={t("submit")} pendingLabel={t("pending")} />
    </AuthCard>
  );
}

function NoSubscription() {
  const t = useTranslations("unsubscribe");
  const title = useTranslations("deadLink")("title");
  return (
    <AuthCard title={title} description={t("deadLink")}>
      <p className="text-sm">{t("deadLinkHelp")}</p>
    </AuthCard>
  );
}
