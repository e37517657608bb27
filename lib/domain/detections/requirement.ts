import type { AccountTag, ComputerTag } from "../tags";

/** What a rule needs to be told by people before it can say anything. */
export type Requirement = "calendar" | AccountTag | ComputerTag;

/** Why the rule says nothing, and the page below alerts where to change that. */
export const REQUIREMENT: Readonly<Record<Requirement, { words: string; page: string; link: string }>> = {
  calendar: { words: "No working hours are set.", page: "calendar", link: "Company calendar" },
  "service-account": { words: "No account is tagged as a service account.", page: "tags", link: "Tags" },
  administrator: { words: "No account is tagged as an administrator.", page: "tags", link: "Tags" },
  "administrators-computer": {
    words: "No computer is tagged as an administrator's, so the rule finds administrators on every computer.",
    page: "tags",
    link: "Tags",
  },
};
