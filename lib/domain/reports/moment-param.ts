import { z } from "zod";
import { isMoment } from "./moment";

/** A moment of an address: an instant, or a time on the wall of the zone. */
export const momentParam = z
  .string()
  .refine(
    isMoment,
    "must be an instant such as 2026-01-05T14:30:00Z, or a time of the zone such as 2026-01-05T14:30, from the year 2000 on",
  )
  .meta({
    description:
      "The time: an instant, or a local time in the time zone (the earlier one if the clocks show it twice). The default is now.",
    examples: ["2026-01-05T14:30:00Z", "2026-01-05T14:30"],
  });
