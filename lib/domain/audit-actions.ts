import { AUDIT_OUTCOMES } from "./audit-areas";
import { DAY_FIELDS } from "./detections/day-fields";
import { companyRoleText, globalRoleText } from "./actor";
import { stateText } from "./detections/alert";
import {
  AUDIT_ACTIONS,
  AUDIT_ACTORS,
  AUDIT_DENIABLE,
  AUDIT_FIELDS,
  AUDIT_TARGETS,
  AUDIT_VALUES,
} from "./audit-names";
import { reportTitle } from "./reports/report-titles";
import { wordText, type Reader, type Text } from "./text";

const isOneOf = <Name extends string>(names: readonly Name[], name: string): name is Name =>
  (names as readonly string[]).includes(name);

/** What happened: `Disabled an API key`, and `Tried to see the error log` where a permission was refused. */
export function auditActionText(action: string): string | Text {
  if (isOneOf(AUDIT_ACTIONS, action)) return { key: `auditActions.${action}` };
  return isOneOf(AUDIT_DENIABLE, action) ? { key: `auditActions.denied.${action}` } : action;
}

/** The name of an actor: in words where it is no user, since users keep the names they chose. */
export function auditActorText(userId: number | null, name: string | null): string | Text | null {
  if (userId !== null || name === null || !isOneOf(AUDIT_ACTORS, name)) return name;
  return { key: `auditActions.actors.${name}` };
}

/** A field's name in words; of one without words of its own, its parts: `linksKept` reads `links kept`. */
export function auditFieldText(name: string): string | Text {
  if (isOneOf(AUDIT_FIELDS, name)) return { key: `auditActions.fields.${name}` };
  if (isOneOf(DAY_FIELDS, name)) return { key: `calendar.${name}` };
  return name
    .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
    .toLowerCase()
    .replaceAll(/[_-]/g, " ");
}

/** "User 7": what an action was about, where it has no name. */
export function auditTargetText(type: string, id: string | null): Text {
  const kind: string | Text = isOneOf(AUDIT_TARGETS, type) ? { key: `auditActions.targets.${type}` } : type;
  if (id === null) return { key: "audit.targetKind", values: { kind } };
  return { key: "audit.target", values: { kind, id: type === "report" ? reportTitle(id) : id } };
}

/** A value as it reads in the trail; nothing is a dash. */
function valueText(value: unknown, reader: Reader): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return wordText({ key: value ? "audit.yes" : "audit.no" }, reader);
  if (Array.isArray(value)) {
    return value.length === 0
      ? wordText({ key: "audit.none" }, reader)
      : value.map((each) => valueText(each, reader)).join(", ");
  }
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

/** Values of these fields that the portal records, in words; others as they stand. */
const VALUE_TEXTS: Readonly<Record<string, (value: string) => string | Text>> = {
  by: recordedText,
  method: recordedText,
  reason: recordedText,
  globalRole: globalRoleText,
  role: companyRoleText,
  state: stateText,
  report: reportTitle,
  table: reportTitle,
};

function recordedText(value: string): string | Text {
  return isOneOf(AUDIT_VALUES, value) ? { key: `auditActions.values.${value}` } : value;
}

/** Named beside the filters, or of no interest to who reads the trail. */
const NO_FILTERS: ReadonlySet<string> = new Set(["company", "format", "columns"]);

/** The value of a field by its name: filters are kept as an address has them, and read as words. */
export function auditValueText(name: string, value: unknown, reader: Reader): string {
  if (typeof value !== "string") return valueText(value, reader);
  const textOf = Object.hasOwn(VALUE_TEXTS, name) ? VALUE_TEXTS[name] : undefined;
  if (textOf) return wordText(textOf(value), reader);
  if (name !== "filters" && name !== "query") return valueText(value, reader);
  const filters = [...new URLSearchParams(value)].filter(([key]) => !NO_FILTERS.has(key));
  return filters.length === 0
    ? wordText({ key: "audit.none" }, reader)
    : filters.map(([key, word]) => `${key} ${word}`).join(", ");
}

type Fields = Readonly<Record<string, unknown>> | null;

/** A field of a row of the trail in words; null on the side that the row does not have. */
export interface AuditChange {
  name: string;
  field: string;
  before: string | null;
  after: string | null;
}

/** What a row of the trail changed, field by field, in the reader's words. */
export function auditChanges(before: Fields, after: Fields, reader: Reader): AuditChange[] {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  // PostgreSQL keeps keys by their length; days come as in a week, behind the rest.
  const placeOf = (name: string) => (DAY_FIELDS as readonly string[]).indexOf(name);
  return [...names]
    .toSorted((a, b) => placeOf(a) - placeOf(b))
    .map((name) => ({
      name,
      field: wordText(auditFieldText(name), reader),
      before: before && auditValueText(name, before[name], reader),
      after: after && auditValueText(name, after[name], reader),
    }));
}

/** The same in one line: `active: yes → no, description: gate`; empty for nothing. */
export function auditChangeText(before: Fields, after: Fields, reader: Reader): string {
  return auditChanges(before, after, reader)
    .map(({ name, field, before: was, after: is }) => {
      if (was === null || is === null) return `${field}: ${was ?? is}`;
      return `${field}: ${!(name in before!) || was === is ? is : `${was} → ${is}`}`;
    })
    .join(", ");
}

/** How it ended; of an outcome that this version does not know, its name. */
export function auditOutcomeText(outcome: string): string | Text {
  return isOneOf(AUDIT_OUTCOMES, outcome) ? { key: `audit.outcomes.${outcome}` } : outcome;
}
