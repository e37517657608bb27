import { ALERT_STATE_TEXT, ruleTitle, SEVERITY_TEXT } from "@/lib/domain/detections/alert";
import {
  alertColumns,
  movesAlerts,
  ruleColumns,
  type AlertListRow,
  type RuleListRow,
} from "@/lib/domain/reports/alerts";
import {
  alertsQuery,
  rulesQuery,
  type AlertsQuery,
  type RulesQuery,
} from "@/lib/domain/reports/alerts-query";
import { filterText } from "@/lib/domain/reports/filter-text";
import { hasOwnRange } from "@/lib/domain/reports/report-query";
import { pageAlerts } from "@/lib/services/detections/list-alerts";
import { pageRules } from "@/lib/services/detections/list-rules";
import { nameQueryFilters } from "@/lib/services/reports/name-filters";
import { rangeOf } from "./parse-params";
import { registerList } from "./register-list";

export const alertsList = registerList<AlertsQuery, AlertListRow>({
  name: "alerts",
  title: "reports.alertsTitle",
  screen: { page: "alerts" },
  apiSummary: "What the rules found, latest first by default, with the IDs of the events that prove it.",
  action: "alerts:read",
  query: alertsQuery,
  columns: alertColumns,
  open: ({ scope, query, zone, rangeNow }) => {
    const range = hasOwnRange(query) ? rangeOf(query, rangeNow, zone) : null;
    const { rule, severity, state, subject, assignee } = query;
    const words = [
      ...(rule ? [filterText("reports.rule", ruleTitle(rule))] : []),
      ...(severity ? [filterText("reports.severity", { key: SEVERITY_TEXT[severity]! })] : []),
      ...(state ? [filterText("reportColumns.state", { key: ALERT_STATE_TEXT[state]! })] : []),
      ...(subject ? [filterText("reports.subject", subject)] : []),
      ...(assignee ? [filterText("reports.assignedTo", assignee)] : []),
    ];
    return {
      range,
      filterWords: async () => [...words, ...(await nameQueryFilters(scope, query))],
      readPage: (ask) => pageAlerts(scope, query, range, ask),
      isMoving: movesAlerts(query.sort),
    };
  },
});

export const rulesList = registerList<RulesQuery, RuleListRow>({
  name: "rules",
  title: "reports.rulesTitle",
  apiSummary: "Every rule, with the company's settings for it and what it found in 30 days.",
  action: "alerts:read",
  query: rulesQuery,
  columns: ruleColumns,
  open: ({ scope, zone, now }) => ({
    range: null,
    filterWords: async () => [],
    readPage: (ask) => pageRules(scope, zone, now, ask),
  }),
});
