import { z } from "zod";
import { ALERT_STATES } from "../detections/alert";
import { ALERT_SEVERITIES, RULE_NAMES } from "../detections/rule";
import { ALERT_SORTS, LAST_FOUND_SORT } from "./alerts";
import { reportQueryShape, sortParam, zoneParam } from "./report-query";

const sortWords = ALERT_SORTS.flatMap((id) => [id, `-${id}` as const]);
const { range, from, to, site, account, computer } = reportQueryShape;

export const alertsQuery = z.object({
  tz: zoneParam.optional(),
  range: range.meta({
    description: "Alerts that occurred on these whole local days. Without a range, all alerts.",
  }),
  from,
  to,
  rule: z.enum(RULE_NAMES).optional().meta({ description: "Only alerts of this rule." }),
  severity: z.enum(ALERT_SEVERITIES).optional().meta({ description: "Only this severity." }),
  state: z.enum(ALERT_STATES).optional().meta({ description: "Only alerts in this state." }),
  site: site.meta({ description: "Only alerts about this site, or whose events all came from it." }),
  account,
  computer,
  subject: z.string().trim().max(255).optional().meta({
    description:
      "Text in the name of the account, computer, or site, or in the address, that the alert is about. Not case-sensitive.",
  }),
  assignee: z
    .string()
    .trim()
    .max(255)
    .optional()
    .meta({ description: "Only alerts assigned to the user with this name." }),
  sort: sortParam(sortWords, LAST_FOUND_SORT).meta({
    description:
      "A column to sort by; a leading - reverses the order. Severities are sorted from low to critical. Equal alerts are sorted newest first.",
  }),
});
export type AlertsQuery = z.output<typeof alertsQuery>;

export const rulesQuery = z.object({ tz: zoneParam.optional() });
export type RulesQuery = z.output<typeof rulesQuery>;
