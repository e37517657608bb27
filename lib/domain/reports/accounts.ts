import { z } from "zod";
import { listQueryShape, sortParam } from "./report-query";
import { ACCOUNT_SORTS, PRESENCE_FILTERS } from "./account-columns";

const sortWords = ACCOUNT_SORTS.flatMap((id) => [id, `-${id}` as const]);

export const accountsQuery = z.object({
  ...listQueryShape,
  presence: z.enum(PRESENCE_FILTERS).optional().meta({
    description: "Accounts that are signed in now (present), active now (active), or not signed in (away).",
  }),
  sort: sortParam(sortWords, "userName"),
});
export type AccountsQuery = z.output<typeof accountsQuery>;
