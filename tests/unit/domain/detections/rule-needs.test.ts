import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { RULES } from "@/lib/domain/detections/rules";
import { classifyEventType, type EventKind } from "@/lib/domain/events/kinds";
import { inEnglish } from "@/lib/english";

/** The kinds that our agent reads from the Security log; it learns of all others from Windows itself. */
function kindsOfSecurityLog(): EventKind[] {
  const source = readFileSync("agent/internal/wineventlog/events.go", "utf8");
  const [, query] = /SecurityQuery\s*= "(.+)"/.exec(source)!;
  return [...query!.matchAll(/EventID=(\d+)/g)].map(([, id]) => classifyEventType(id!));
}

const SUBCATEGORY = /Audit (?:Logon|Logoff|User Account Management|Account Lockout)/;
const AUDITED = kindsOfSecurityLog();
const guide = readFileSync("docs/detections.md", "utf8");

/** What is for agents of other makers begins with them. */
const forOurAgent = (text: string) =>
  text
    .split(/(?<=\.) /)
    .filter((sentence) => !sentence.startsWith("Other agents"))
    .join(" ");

/** The paragraph that begins with "Needs" in the rule's section of the guide. */
function needsInGuide(title: string): string | undefined {
  const [, section] = guide.split(`\n### ${title}\n`);
  return section!
    .split(/\n### /)[0]!
    .split("\n\n")
    .find((paragraph) => paragraph.startsWith("Needs"));
}

describe("what a rule needs", () => {
  it("comes from the Security log for failed logons and lockouts alone", () => {
    expect(AUDITED.toSorted()).toEqual(["lockout", "logon_failed"]);
  });

  it.each(RULES.map((rule) => [rule.name, rule] as const))(
    "%s asks for an audit subcategory only where our agent reads the Security log",
    (_, { needs, needsText, title }) => {
      const isAudited = needs.some((kind) => AUDITED.includes(kind));
      expect(SUBCATEGORY.test(forOurAgent(inEnglish(needsText)))).toBe(isAudited);
      expect(SUBCATEGORY.test(needsInGuide(inEnglish(title)) ?? "")).toBe(isAudited);
    },
  );
});
