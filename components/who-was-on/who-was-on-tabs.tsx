"use client";

import { useTranslations } from "next-intl";
import { useListUrl } from "@/components/lists/use-list-url";
import { PageTabs } from "@/components/ui/page-tabs";
import { tabQuery, WHO_WAS_ON_TABS, type WhoWasOnTab } from "./tab-query";

interface WhoWasOnTabsProps {
  companyRef: string;
  current: WhoWasOnTab;
}

const TAB_TEXT = {
  moment: "atTime",
  "roll-call": "rollCall",
  concurrent: "concurrent",
} as const satisfies Record<WhoWasOnTab, string>;

/** The questions of the screen; each takes along what the next one understands. */
export function WhoWasOnTabs({ companyRef, current }: WhoWasOnTabsProps) {
  const t = useTranslations("whoWasOn");
  const url = useListUrl();
  const first = `/${companyRef}/who-was-on`;
  const tabs = WHO_WAS_ON_TABS.map((name) => ({
    name,
    label: t(TAB_TEXT[name]),
    ...url.linkTo(name === "moment" ? first : `${first}/${name}`, (query) => tabQuery(query, name), false),
  }));
  return <PageTabs label={t("title")} tabs={tabs} current={current} />;
}
