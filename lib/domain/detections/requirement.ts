import type { AccountTag, ComputerTag } from "../tags";

/** What a rule needs to be told by people before it can say anything. */
export type Requirement = "calendar" | AccountTag | ComputerTag;

/** The page below alerts where to tell it. */
export const REQUIREMENT_PAGE: Readonly<Record<Requirement, string>> = {
  calendar: "calendar",
  "service-account": "tags",
  administrator: "tags",
  "administrators-computer": "tags",
};
