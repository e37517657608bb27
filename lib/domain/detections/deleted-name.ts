import type { Text } from "../text";

/** What stands for the name of something that was deleted. */
export function deletedName(table: "accounts" | "computers" | "sites", id: number): Text {
  const values = { id: String(id) };
  if (table === "accounts") return { key: "ruleSentences.deletedAccount", values };
  return table === "computers"
    ? { key: "ruleSentences.deletedComputer", values }
    : { key: "ruleSentences.deletedSite", values };
}
