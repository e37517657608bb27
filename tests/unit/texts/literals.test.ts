import { expect, it } from "vitest";
import { literalTexts } from "../../support/literal-texts";
import { parseFolders } from "../../support/parsed-source";

/** Where texts stay English and in the code, with the reason. */
const ENGLISH: readonly [RegExp, string][] = [
  [/^app\/api\//, "programs read it"],
  [/^lib\/server\/(agent-api|read-api|openapi|front)\//, "programs read it"],
  [
    /^lib\/server\/(bodies-under-way|event-stream|hosted-installation|listen-error-text|metrics-response|ready-text|tls)\.ts$/,
    "programs and operators read it",
  ],
  [/^lib\/domain\/events\/(events-query|timestamps|wire)\.ts$/, "agents and programs read it"],
  [/^db\/embedded/, "operators read it, in the log"],
  [/^db\/queries\/events\/erased-accounts\.ts$/, "the program catches it"],
  [/^lib\/domain\/privacy\/erased-text\.ts$/, "a name that is stored in place of the account's"],
  [/^components\/events-screen\/first-event-commands\.ts$/, "shells read it"],
  [/^lib\/domain\/notifications\/webhook-body\.ts$/, "programs read it, and its description"],
  [/^lib\/domain\/detections\/sigma\.ts$/, "other systems read it"],
  [/^lib\/domain\/detections\/technique\.ts$/, "holds names that MITRE gives in English only"],
  [/^lib\/(configured-file|env|error-text|installation|logger|metrics)/, "operators read it"],
  [/^lib\/server\/actions\.ts$/, "operators read it, in the log"],
  [/^lib\/domain\/former-reasons\.ts$/, "words of old addresses, which nobody is shown"],
  [/^lib\/domain\/(silent-install|detection-script)\.ts$/, "commands and names of programs"],
  [/^lib\/domain\/zones\.ts$/, "names of zones"],
  [/^lib\/services\/audit\/verify-audit\.ts$/, "operators read it, in the log and on the command line"],
  [/^lib\/services\/queue\/pull-back\.ts$/, "operators read it, in the log"],
  [/^lib\/services\/errors\/store-error\.ts$/, "the stored error log is English"],
  [
    /^lib\/services\/agent-package\/(batch-files|readme-text)\.ts$/,
    "files of the agent package, which is English",
  ],
  [/^lib\/services\/(backup|import|install|operator|secrets)\//, "operators read it"],
];

const found = [...parseFolders(["app", "components", "db", "lib"]).values()]
  .filter(({ name }) => !ENGLISH.some(([place]) => place.test(name)))
  .flatMap(literalTexts);

it("holds no text in the code", () => {
  expect(found).toEqual([]);
});
