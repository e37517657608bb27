import { z } from "zod";
import { listQueryShape, sortParam } from "./report-query";
import { ACCOUNT_SORTS, PRESENCE_FILTERS } from "./account-columns";
import { USED_FILTERS } from "./used-filter";

const sortWords = ACCOUNT_SORTS.flatMap((id) => [id, `-${id}` as const]);

export const accountsQuery = z.object({
  ...listQueryShape,
  presence: z.enum(PRESENCE_FILTERS).optional().meta({
    description: "Accounts that are signed in now (present), active now (active), or not signed in (away).",
  }),
  used: z.enum(USED_FILTERS).optional().meta({
    description:
      "Accounts that began, paused, or ended a session in the range (yes), or did not (no). Without a range, ever.",
  }),
  sort: sortParam(sortWords, "userName"),
});
export type AccountsQuery = z.output<typeof accountsQuery>;
