import { z } from "zod";
import { listQueryShape, SORT_WORDS } from "./report-query";
import { ACCOUNT_SORTS } from "./account-columns";

const sortWords = ACCOUNT_SORTS.flatMap((id) => [id, `-${id}` as const]);

/** What the list can be held to: signed in somewhere, active somewhere, or not signed in anywhere. */
export const PRESENCE_FILTERS = ["present", "active", "away"] as const;
export type PresenceFilter = (typeof PRESENCE_FILTERS)[number];

export const PRESENCE_FILTER_LABEL: Readonly<Record<PresenceFilter, string>> = {
  present: "Signed in now",
  active: "Active now",
  away: "Not signed in",
};

export const accountsQuery = z.object({
  ...listQueryShape,
  presence: z.enum(PRESENCE_FILTERS).optional().meta({
    description: "Accounts signed in now (present), active now, or signed in nowhere (away).",
  }),
  sort: z.enum(sortWords).default("userName").meta({ description: SORT_WORDS }),
});
export type AccountsQuery = z.output<typeof accountsQuery>;
