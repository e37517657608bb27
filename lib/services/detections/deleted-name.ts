import type { Text } from "@/lib/domain/text";

/** What stands for the name of something that was deleted. */
export function deletedName(table: "accounts" | "computers" | "sites", id: number): Text {
  const values = { id: String(id) };
  if (table === "accounts") return { key: "ruleScreens.deletedAccount", values };
  return table === "computers"
    ? { key: "ruleScreens.deletedComputer", values }
    : { key: "ruleScreens.deletedSite", values };
}
