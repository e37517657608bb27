import { z } from "zod";
import { HEALTH_FILTERS } from "../fleet/computer-health";
import { listQueryShape, sortParam } from "./report-query";
import { COMPUTER_SORTS } from "./computer-columns";
import { USED_FILTERS } from "./used-filter";

const sortWords = COMPUTER_SORTS.flatMap((id) => [id, `-${id}` as const]);

export const computersQuery = z.object({
  ...listQueryShape,
  health: z.enum(HEALTH_FILTERS).optional().meta({
    description:
      "Computers in this state: reporting, silent, clock (wrong clock), backlog (events waiting), or lost (events lost).",
  }),
  version: z.string().trim().min(1).max(255).optional().meta({
    description:
      "An agent version, outdated for versions older than the available agent, or unknown if the version was never reported.",
  }),
  used: z.enum(USED_FILTERS).optional().meta({
    description:
      "Computers where an account began, paused, or ended a session in the range (yes), or none did (no). Without a range, ever.",
  }),
  sort: sortParam(sortWords, "computerName"),
});
export type ComputersQuery = z.output<typeof computersQuery>;
