import { PageTabs } from "@/components/ui/page-tabs";

interface WhoWasOnTabsProps {
  companyRef: string;
  current: "moment" | "concurrent";
}

/** The two questions of the screen, each a page of its own. */
export function WhoWasOnTabs({ companyRef, current }: WhoWasOnTabsProps) {
  const href = `/${companyRef}/who-was-on`;
  const tabs = [
    { name: "moment", label: "At a moment", href },
    { name: "concurrent", label: "Concurrent sessions", href: `${href}/concurrent` },
  ];
  return <PageTabs label="Who was on" tabs={tabs} current={current} />;
}
