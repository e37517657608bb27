import { expect, it } from "vitest";
import { COMPANY_ROLES, GLOBAL_ROLES } from "@/lib/domain/actor";
import { ALERT_SEVERITIES } from "@/lib/domain/detections/rule";
import { SEVERITIES } from "@/lib/domain/notifications/severity";
import { MEMBER_STATES } from "@/lib/domain/reports/member-columns";
import { THEMES } from "@/lib/domain/themes";
import { parseFolders, stringOf, walk, type Node } from "../../support/parsed-source";

/** Lists with one place where a name is added; each is a type as well, so the compiler reports what must handle it. */
const LISTS = { COMPANY_ROLES, GLOBAL_ROLES, ALERT_SEVERITIES, SEVERITIES, MEMBER_STATES, THEMES };

const sameNames = (names: readonly string[]) => names.toSorted().join();

const arrays = [...parseFolders(["app", "components", "db", "lib", "scripts"]).values()].flatMap((file) => {
  const found: { name: string; names: string }[] = [];
  walk(file.program, (node) => {
    if (node.type !== "ArrayExpression") return;
    const names = (node["elements"] as (Node | null)[]).map((element) => element && stringOf(element));
    if (names.every((name) => typeof name === "string")) {
      found.push({ name: file.name, names: sameNames(names) });
    }
  });
  return found;
});

it.each(Object.entries(LISTS))("spells the names of %s in one place, in any order", (_, list) => {
  const spelled = arrays.filter(({ names }) => names === sameNames(list));
  expect(spelled.map(({ name }) => name)).toHaveLength(1);
});
