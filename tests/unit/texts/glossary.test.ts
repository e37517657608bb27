import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { DEFAULT_INSTALL_DIR } from "@/lib/domain/install-dir";
import { silentInstallText } from "@/lib/domain/silent-install";
import { inEnglish } from "@/lib/english";
import { openApiDocument } from "@/lib/server/openapi/document";
import { INSTALL_BAT, UNINSTALL_BAT } from "@/lib/services/agent-package/batch-files";
import { readmeText } from "@/lib/services/agent-package/readme-text";
import messages from "@/messages/en.json";
import { helpText } from "@/scripts/admin/help";

const glossary = readFileSync("docs/glossary.md", "utf8");
const forbidden = [...glossary.split("## Forbidden forms")[1]!.matchAll(/^- (.+)$/gm)].map(
  ([, form]) => form!,
);

/** Every text below, in lists too. */
function textsOf(tree: unknown): string[] {
  if (typeof tree === "string") return [tree];
  return typeof tree === "object" && tree !== null ? Object.values(tree).flatMap(textsOf) : [];
}

/** Where texts for people are, besides the screens. */
const SOURCES: Record<string, () => Promise<readonly string[]>> = {
  "the catalog": async () => textsOf(messages),
  "the OpenAPI document": async () => textsOf(await openApiDocument()),
  "the agent package": async () => [
    readmeText(
      { installDir: DEFAULT_INSTALL_DIR, serverUrl: "https://portal.example.com" },
      { company: "Contoso", site: "HO" },
      null,
    ),
    silentInstallText({ installDir: DEFAULT_INSTALL_DIR }, inEnglish),
    INSTALL_BAT,
    UNINSTALL_BAT,
  ],
  "the help of the command line": async () => [helpText()],
};

it.each(Object.entries(SOURCES))("keeps the glossary's forbidden forms out of %s", async (_, read) => {
  expect(forbidden.length).toBeGreaterThan(20);
  const texts = await read();
  expect(texts.join("").length).toBeGreaterThan(500);
  const wrong = texts.flatMap((text) =>
    forbidden.filter((form) => new RegExp(`\\b${form}\\b`, "i").test(text)).map((form) => ({ form, text })),
  );
  expect(wrong).toEqual([]);
});

it("writes plain punctuation: one blank at most, an ellipsis of one sign, no blank at the ends", () => {
  expect(textsOf(messages).filter((text) => /\s{2}|\.\.\.|^\s|\s$/.test(text))).toEqual([]);
});
