import { PageTabs } from "@/components/ui/page-tabs";

interface WhoWasOnTabsProps {
  companyRef: string;
  current: "moment" | "roll-call" | "concurrent";
}

/** The questions of the screen, each a page of its own. */
export function WhoWasOnTabs({ companyRef, current }: WhoWasOnTabsProps) {
  const href = `/${companyRef}/who-was-on`;
  const tabs = [
    { name: "moment", label: "At a moment", href },
    { name: "roll-call", label: "Roll call", href: `${href}/roll-call` },
    { name: "concurrent", label: "Concurrent sessions", href: `${href}/concurrent` },
  ];
  return <PageTabs label="Who was on" tabs={tabs} current={current} />;
}
