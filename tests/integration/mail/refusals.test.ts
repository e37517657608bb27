import { sql } from "drizzle-orm";
import { beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { readChannels } from "@/lib/services/notifications/read-channels";
import { setSettings } from "../../support/aged-records";
import { provideMail } from "../../support/mailing";
import {
  deliveriesOf,
  eventually,
  makeChannel,
  operatorIn,
  provideNotifying,
  tellSilent,
  untilTried,
} from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();
const mailing = provideMail();
provideNotifying();

let company: TestCompany;
let number = 0;
const somebody = () => `person-${(number += 1)}@example.org`;

beforeAll(() => setSettings({ timeZone: "UTC" }));
beforeEach(async () => {
  company = await makeCompany("Refused");
});

describe("a mail channel", () => {
  it.each([
    [
      "a recipient refused for good",
      "recipient",
      550,
      "failed",
      "The mail server refused the recipient (550).",
    ],
    ["a message refused for good", "message", 554, "failed", "The mail server refused the message (554)."],
    [
      "a recipient refused for now",
      "recipient",
      451,
      "waiting",
      "The mail server refused the recipient (451).",
    ],
    ["a message refused for now", "message", 452, "waiting", "The mail server refused the message (452)."],
    [
      "a sender that the set-up may mend",
      "sender",
      550,
      "waiting",
      "The mail server refused the message (550).",
    ],
    [
      "a server that may not relay",
      "recipient",
      550,
      "waiting",
      "The mail server refused the recipient (550).",
      "5.7.54 SMTP; OUR OWN WORDS",
    ],
    [
      "a server that may not relay and has no code for it",
      "recipient",
      550,
      "waiting",
      "The mail server refused the recipient (550).",
      "Relay not permitted, OUR OWN WORDS",
    ],
    [
      "a sender that has sent too much",
      "message",
      550,
      "waiting",
      "The mail server refused the message (550).",
      "5.4.5 OUR OWN WORDS",
    ],
    [
      "a mailbox that does not exist",
      "recipient",
      550,
      "failed",
      "The mail server refused the recipient (550).",
      "5.1.1 OUR OWN WORDS",
    ],
  ] as const)("ends or repeats with %s", async (_, step, code, state, note, words?: string) => {
    const channel = await makeChannel(company, { type: "mail", addresses: [somebody()] });
    mailing.server.refuse({ step, code, words: words ?? "OUR OWN WORDS" });
    await tellSilent(company, 3);
    const row = await untilTried(channel.id);
    expect(row).toMatchObject({ state, last_status: code, last_note: note });
    expect(JSON.stringify(row)).not.toContain("OUR OWN WORDS");
    const [view] = await readChannels(operatorIn(company));
    expect(view!.failingSince).not.toBeNull();
  });

  it("is disabled when its addresses have all refused everything for five days", async () => {
    const channel = await makeChannel(company, { type: "mail", addresses: [somebody(), somebody()] });
    mailing.server.refuse({ step: "recipient", code: 550, words: "5.1.1 No such user" });
    await tellSilent(company, 1);
    const failed = async () =>
      (await deliveriesOf(channel.id)).filter(({ state }) => state === "failed").length;
    await eventually("both are refused", async () => (await failed()) === 2);
    expect((await readChannels(operatorIn(company)))[0]).toMatchObject({ disabledAt: null });
    await database().execute(
      sql`update notification_channels set failing_since = now() - interval '5 days' where id = ${channel.id}`,
    );
    await tellSilent(company, 2);
    const reason = async () => (await readChannels(operatorIn(company)))[0]!.disabledReason;
    await eventually("it is disabled", async () => (await reason()) !== null);
    expect(await reason()).toBe("nothing could be delivered for five days");
  });

  it.each([
    ["before another receives the message", "dead", "good"],
    ["after another has received the message", "good", "dead"],
  ] as const)("stays enabled though an address is refused %s", async (_, first, second) => {
    const addresses = { good: somebody(), dead: somebody() };
    const channel = await makeChannel(company, { type: "mail", addresses: Object.values(addresses) });
    await database().execute(
      sql`update notification_channels set failing_since = now() - interval '6 days' where id = ${channel.id}`,
    );
    const words = "5.1.1 No such user";
    mailing.server.refuse({ step: "recipient", code: 550, words, to: addresses.dead });
    const letGo = mailing.server.hang(addresses[second]);
    await tellSilent(company, 1);
    const untilEnded = async (which: "good" | "dead") => {
      const state = which === "good" ? "done" : "failed";
      await eventually(`the ${which} one is ${state}`, async () =>
        (await deliveriesOf(channel.id)).some(
          (one) => one.address === addresses[which] && one.state === state,
        ),
      );
    };
    await untilEnded(first);
    letGo();
    await untilEnded(second);
    expect((await readChannels(operatorIn(company)))[0]).toMatchObject({
      disabledAt: null,
      failingSince: null,
    });
  });
});
