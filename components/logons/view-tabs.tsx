import { useTranslations } from "next-intl";
import type { ListUrl } from "@/components/lists/use-list-url";
import { PageTabs } from "@/components/ui/page-tabs";

interface ViewTabsProps {
  url: ListUrl;
  view: "logons" | "inactive";
}

/** The two lists of the screen; what the other one knows nothing of is left behind. */
export function ViewTabs({ url, view }: ViewTabsProps) {
  const t = useTranslations("logons");
  const tabs = [
    {
      name: "logons",
      label: t("title"),
      ...url.link({ view: null, type: null, days: null, sort: null }),
    },
    {
      name: "inactive",
      label: t("inactive"),
      ...url.link({ view: "inactive", group_by: null, account: null, computer: null, sort: null }),
    },
  ];
  return <PageTabs label={t("lists")} tabs={tabs} current={view} />;
}
