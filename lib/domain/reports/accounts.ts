import { z } from "zod";
import type { TextKey } from "../text";
import { listQueryShape, sortParam } from "./report-query";
import { ACCOUNT_SORTS } from "./account-columns";

const sortWords = ACCOUNT_SORTS.flatMap((id) => [id, `-${id}` as const]);

/** What the list can be held to: signed in somewhere, active somewhere, or not signed in anywhere. */
export const PRESENCE_FILTERS = ["present", "active", "away"] as const;
export type PresenceFilter = (typeof PRESENCE_FILTERS)[number];

export const PRESENCE_FILTER_TEXT: Readonly<Record<PresenceFilter, TextKey>> = {
  present: "reportStates.signedInNow",
  active: "reportStates.activeNow",
  away: "reportStates.notSignedIn",
};

export const accountsQuery = z.object({
  ...listQueryShape,
  presence: z.enum(PRESENCE_FILTERS).optional().meta({
    description: "Accounts that are signed in now (present), active now (active), or not signed in (away).",
  }),
  sort: sortParam(sortWords, "userName"),
});
export type AccountsQuery = z.output<typeof accountsQuery>;
