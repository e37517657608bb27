import { eq } from "drizzle-orm";
import { afterAll, beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { companies } from "@/db/schema/companies";
import { users } from "@/db/schema/users";
import { mailSender } from "@/lib/services/mail/mail-sender";
import { requestPasswordReset } from "@/lib/services/passwords/request-password-reset";
import { startQueue, type RunningQueue } from "@/lib/services/queue/worker";
import { setSettings } from "../../support/aged-records";
import { provideMail } from "../../support/mailing";
import { makeChannel, provideNotifying, tellSilent } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { makeUser } from "../../support/people";
import { openReceiver } from "../../support/receiver";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();
provideNotifying();
const mailing = provideMail();
let queue: RunningQueue;
let german: TestCompany;

beforeAll(async () => {
  await setSettings({ timeZone: "Europe/Berlin" });
  german = await makeCompany("Ganz deutsch");
  await database().update(companies).set({ language: "de" }).where(eq(companies.id, german.companyId));
  queue = startQueue([mailSender]);
});
afterAll(() => queue.stop());

/** Who asked for a new password, and the mail. */
async function resetMail(companyIds: readonly number[], language: string | null) {
  const { id, username } = await makeUser(
    "User",
    companyIds.map((companyId) => ({ companyId, role: "User" })),
  );
  await database().update(users).set({ language }).where(eq(users.id, id));
  const address = `${username}@example.com`;
  await requestPasswordReset(address);
  return (await mailing.to(address))[0]!.mail;
}

it.each([
  ["their own", "de", false, "de"],
  ["their own, whatever the company's is", "en", true, "en"],
  ["their company's", null, true, "de"],
  ["English without either", null, false, "en"],
  ["English where their own is not one of ours", "fr", false, "en"],
])("writes to a person in %s", async (_, own, isInGermanCompany, language) => {
  const mail = await resetMail(isInGermanCompany ? [german.companyId] : [], own);
  const words = { de: "Neues Kennwort wählen", en: "Choose a new password" }[language]!;
  expect(mail.subject).toContain(words);
  expect(mail.text).toContain(words);
  expect(String(mail.html)).toContain(`lang="${language}"`);
});

it("writes to a company's chat in its language, and to programs in English", async () => {
  const receiver = await openReceiver();
  await makeChannel(german, { type: "slack", url: `${receiver.url}/chat` });
  await makeChannel(german, { type: "webhook", url: `${receiver.url}/program` });
  await tellSilent(german, 1, "PC-STILL");
  await expect.poll(() => receiver.received.length).toBe(2);
  const bodyOf = (path: string) => receiver.received.find((one) => one.path === path)!.body;
  expect(bodyOf("/chat")).toContain("meldet sich nicht");
  expect(bodyOf("/program")).toContain("is silent");
  await receiver.close();
});
