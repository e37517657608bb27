import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { Secret, TOTP } from "otpauth";
import { beforeAll, expect, it } from "vitest";
import { finishSignIn } from "@/lib/services/auth/second-step";
import { signInWithPassword } from "@/lib/services/auth/sign-in";
import { countsOf, importFrom, startAfresh, storedLogs } from "../../support/import-suite";
import { provideOwnDatabase } from "../../support/own-database";

/** A database of the original with the true instant of each of its logs. */
const SAMPLE = fileURLToPath(new URL("../../vectors/original-sample.db", import.meta.url));
const TRUTH = new URL("../../vectors/original-sample.truth.jsonl", import.meta.url);
const from = {
  address: "192.0.2.9",
  userAgent: "test",
  isRemembered: false,
  browser: null,
  replacedSessionId: null,
};

provideOwnDatabase();
beforeAll(async () => {
  await startAfresh();
  await importFrom(`sqlite:///${SAMPLE}`, { timeZone: "Europe/London", company: "Keyless" });
});

it("every log of the sample has its true instant", async () => {
  const lines = (await readFile(TRUTH, "utf8")).trim().split("\n");
  const truth = lines.map((line) => Date.parse((JSON.parse(line) as { utc: string }).utc));
  const stored = (await storedLogs()).map((log) => Number(log.at));
  expect(stored).toHaveLength(400);
  expect(stored.toSorted((a, b) => a - b)).toEqual(truth.toSorted((a, b) => a - b));
});

it.each([
  ["superadmin", "adminsuper"],
  ["bob", "Bob-Passw0rd!!"],
  ["DORA", "Dora-Pässw0rd!"],
])("%s signs in as before", async (login, password) => {
  await expect(signInWithPassword({ ...from, login, password })).resolves.toMatchObject({ step: "done" });
});

it("one who had a second step still has it, with the same authenticator", async () => {
  const outcome = await signInWithPassword({
    ...from,
    login: "anna@ACME.example",
    password: "Anna-Passw0rd!",
  });
  expect(outcome.step).toBe("second-step");
  const ticket = outcome.step === "second-step" ? outcome.ticket : "";
  const secret = Secret.fromBase32("UJZDEGXDNCF32EPF3DHODZDOCIS2JHTL");
  const code = new TOTP({ secret }).generate();
  await expect(finishSignIn({ ...from, ticket, code })).resolves.toMatchObject({ step: "done" });
});

it("one who was inactive still is", async () => {
  const attempt = signInWithPassword({ ...from, login: "carl", password: "Carl-Passw0rd!" });
  await expect(attempt).rejects.toMatchObject({ code: "unauthenticated" });
});

it("a second run finds everything there, also after people signed in and their hashes were renewed", async () => {
  const report = await importFrom(`sqlite:///${SAMPLE}`, { timeZone: "Europe/London", company: "Keyless" });
  for (const counts of Object.values(countsOf(report)))
    expect(counts).toEqual({ read: counts.read, written: 0, changed: 0, present: counts.read, skipped: 0 });
});
