import type { Text, TextKey, TextValue } from "../text";

/** A filter as the heading of a file says it: "Site: London". */
export function filterText(label: TextKey, value: TextValue): Text {
  return { key: "reports.filter", values: { label: { key: label }, value } };
}
