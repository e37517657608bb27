import { sql } from "drizzle-orm";
import { afterAll, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { pgArray } from "@/db/queries/pg-array";
import { ensureSettings } from "@/db/queries/global/first-start";
import { wordText, type Reader } from "@/lib/domain/text";
import { ENGLISH_READER } from "@/lib/english";
import { answerTable } from "@/lib/server/read-api/table-route";
import { deliveriesFilter, exportQueryOf, newsFilter } from "@/lib/server/notification-page";
import { testChannel } from "@/lib/services/notifications/manage-channels";
import { findTable } from "@/lib/services/tables/registry";
import { readerOf } from "@/lib/texts";
import { makeChannel, operatorIn } from "../../support/notifying";
import { makeUser } from "../../support/people";
import { signedInAs } from "../../support/signed-in";
import { makeCompany, type TestCompany } from "../../support/stored-events";

const session = vi.hoisted(() => ({ user: null as unknown, reader: null as unknown }));
vi.mock("@/lib/server/guards", async (original) => ({
  ...(await original<object>()),
  currentUser: async () => session.user,
}));
vi.mock("@/lib/server/texts/words", async (original) => ({
  ...(await original<object>()),
  getReader: async () => session.reader,
}));

let own: TestCompany;
let other: TestCompany;
const userIds: number[] = [];

async function signIn(role: string): Promise<void> {
  const person = await makeUser("User", [{ companyId: own.companyId, role }]);
  userIds.push(person.id);
  session.user = await signedInAs(person);
}

beforeEach(() => {
  session.reader = ENGLISH_READER;
});
beforeAll(async () => {
  await database().transaction(ensureSettings);
  [own, other] = [await makeCompany("Filed"), await makeCompany("Not filed")];
  for (const { companyId } of [own, other])
    await database().execute(sql`
      insert into notifications (company_id, kind, severity, params)
      values (${companyId}, 'site.silent', 'critical', '{}'), (${companyId}, 'site.silent', 'warning', '{}')`);
});
afterAll(closeDatabase);

/** The file that the menu of a company's screen asks for. */
const ask = (report: string, query: string, format = "csv") => {
  const params = new URLSearchParams(query);
  params.set("company", String(own.companyId));
  params.set("format", format);
  return answerTable(new Request(`http://localhost/api/v1/${report}?${params}`), findTable(report));
};
/** By the users of this suite: others export lists that name the company too. */
const exported = async () => {
  const rows = await database().execute<{ report: string }>(sql`
    select target_id as report from audit_log
    where company_id = ${own.companyId} and action = 'report.export' and actor_user_id = any(${pgArray(userIds)}::int[])
    order by seq`);
  return rows.map(({ report }) => report);
};

it("notifications are exported as the screen holds them, in words, and without what it leaves out of its address", async () => {
  await signIn("CompanyAdmin");
  const query = exportQueryOf(newsFilter({ severity: "critical", state: "nonsense", page: "2" }, "company"));
  expect(query).toBe("severity=critical");
  const lines = (await (await ask("notifications", query)).text()).trim().split("\r\n");
  expect(lines).toHaveLength(2);
  expect(lines[1]).toContain("Critical");
  expect((await exported()).at(-1)).toBe("notifications");
});

it.each(["notifications", "deliveries", "site-keys"])(
  "%s are a file in every format for the company's administrators, and for no other member",
  async (report) => {
    await signIn("CompanyAdmin");
    for (const format of ["csv", "xlsx", "pdf"]) {
      const answer = await ask(report, exportQueryOf(deliveriesFilter({ channel: "none" })), format);
      expect([format, answer.status]).toEqual([format, 200]);
      expect((await answer.arrayBuffer()).byteLength).toBeGreaterThan(0);
    }
    const before = await exported();
    expect(before.slice(-3)).toEqual([report, report, report]);
    await signIn("User");
    expect((await ask(report, "")).status).toBe(403);
    expect(await exported()).toEqual(before);
  },
);

it("what became of the last attempt is in the language of who downloads the file, and in English in JSON", async () => {
  await signIn("CompanyAdmin");
  const { id } = await makeChannel(own, { type: "webhook", url: "https://example.com/" });
  await testChannel(operatorIn(own), { channelId: id });
  for (const [note, german] of [
    ["The channel is disabled.", "Der Kanal ist deaktiviert."],
    ["No response within 10 seconds.", "Keine Antwort innerhalb von 10 Sekunden."],
    ["As an earlier release said it.", "As an earlier release said it."],
  ]) {
    await database().execute(sql`
      update notification_deliveries set state = 'dropped', next_attempt_at = null, finished_at = now(), last_note = ${note}
      where company_id = ${own.companyId} and channel_id = ${id}`);
    const noteIn = async (reader: Reader) => {
      session.reader = reader;
      const [head, row] = (await (await ask("deliveries", `channel=${id}`)).text()).trim().split("\r\n");
      const heading = wordText({ key: "reports.lastAttempt" }, reader);
      return row!.split(",")[head!.split(",").indexOf(heading)];
    };
    expect(await noteIn(readerOf("de", "Europe/Berlin"))).toBe(german);
    expect(await noteIn(ENGLISH_READER)).toBe(note);
    const json = await ask("deliveries", `channel=${id}`, "json");
    expect(await json.json()).toMatchObject({ rows: [{ lastNote: note }] });
  }
});
