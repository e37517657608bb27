import { useTranslations } from "next-intl";
import { PageTabs } from "@/components/ui/page-tabs";

interface WhoWasOnTabsProps {
  companyRef: string;
  current: "moment" | "roll-call" | "concurrent";
}

/** The questions of the screen, each a page of its own. */
export function WhoWasOnTabs({ companyRef, current }: WhoWasOnTabsProps) {
  const t = useTranslations("whoWasOn");
  const href = `/${companyRef}/who-was-on`;
  const tabs = [
    { name: "moment", label: t("atTime"), href },
    { name: "roll-call", label: t("rollCall"), href: `${href}/roll-call` },
    { name: "concurrent", label: t("concurrent"), href: `${href}/concurrent` },
  ];
  return <PageTabs label={t("title")} tabs={tabs} current={current} />;
}
