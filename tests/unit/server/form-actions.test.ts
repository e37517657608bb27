import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import type { z } from "zod";
import { issue } from "@/lib/domain/text";
import { sourceFiles } from "../../support/source-files";

/**
 * Actions that change nothing which their form shows as it was loaded: they make, delete, answer or do one thing that
 * their button names. Every other action must take an edit, which holds only what the person has touched.
 */
const NO_EDITS = new Set([
  "dismissAccountNoticesAction",
  "markNotificationsReadAction",
  "addCompanyAction",
  "purgeCompanyAction",
  "deleteCompanyAction",
  "previewCompanyRetentionAction",
  "createSiteAction",
  "deleteSiteAction",
  "createKeyAction",
  "revealKeyAction",
  "findKeyAction",
  "rotateKeyAction",
  "disableKeyAction",
  "enableKeyAction",
  "deleteKeyAction",
  "eraseAccountAction",
  "previewRetentionAction",
  "addDomainAction",
  "removeDomainAction",
  "sendTestMailAction",
  "requestJobAction",
  "clearErrorsAction",
  "addMemberAction",
  "createUserAction",
  "setUsersActiveAction",
  "resendInvitationAction",
  "revokeInvitationAction",
  "resetPasswordAction",
  "resetMfaAction",
  "signUserOutAction",
  "setMembershipAction",
  "removeMembershipAction",
  "deleteUserAction",
  "saveViewAction",
  "deleteViewAction",
  "createScheduleAction",
  "pauseScheduleAction",
  "resumeScheduleAction",
  "deleteScheduleAction",
  "sendReportNowAction",
  "setAlertStateAction",
  "assignAlertsAction",
  "previewRulesAction",
  "importRulesAction",
  "commentAlertAction",
  "addExceptionAction",
  "removeExceptionAction",
  "removeHoursAction",
  "addHolidayAction",
  "removeHolidayAction",
  "addExemptionAction",
  "removeExemptionAction",
  "addPatternAction",
  "removePatternAction",
  "createChannelAction",
  "testChannelAction",
  "rotateSecretAction",
  "pauseChannelAction",
  "resumeChannelAction",
  "deleteChannelAction",
  "subscribeAction",
  "deleteSubscriptionAction",
  "previewSubscriptionAction",
  "replayAction",
]);

const ACTION = /export const (\w+) = \w+Action\(\s*(?:"[^"]+",\s*)?(\w+),/g;

function actionsIn(file: string): { name: string; schema: string; path: string }[] {
  const source = readFileSync(file, "utf8");
  const imports = [...source.matchAll(/import \{([^}]+)\} from "([^"]+)"/g)];
  return [...source.matchAll(ACTION)].map(([, name, schema]) => {
    const path = imports.find(([, names]) => new RegExp(`\\b${schema}\\b`).test(names!))?.[2];
    return { name: name!, schema: schema!, path: path! };
  });
}

const actions = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((file) => file.endsWith("actions.ts"))
  .flatMap((file) => actionsIn(`app/${file}`));

it("finds the actions of every form", () => {
  expect(actions.length).toBeGreaterThan(NO_EDITS.size);
  const names = new Set(actions.map(({ name }) => name));
  expect([...NO_EDITS].filter((name) => !names.has(name))).toEqual([]);
});

it.each(actions)(
  "$name undoes nobody's change to a field that was not touched",
  async ({ name, schema, path }) => {
    const found = ((await import(path)) as Record<string, z.ZodType>)[schema]!;
    // Only an edit asks what the person has touched, and refuses a page that doesn't tell it.
    const issues = found.safeParse({}).error?.issues ?? [];
    const asksWhatIsTouched = issues.some(({ message }) => message === issue("errors.pageStale"));
    expect(asksWhatIsTouched).toBe(!NO_EDITS.has(name));
  },
);

it("are called where an answer that fails to come leaves the page as it is", () => {
  const direct = [...sourceFiles(["components", "app"])].filter(
    ([file, text]) => !file.startsWith("components/forms/") && /\buseActionState\b/.test(text),
  );
  expect(direct.map(([file]) => file)).toEqual([]);
});
