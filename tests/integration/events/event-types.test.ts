import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { readEvent } from "@/db/queries/events/read-event";
import { readWithin } from "@/db/scope";
import { makeCompany, storeEvents } from "../../support/stored-events";

afterAll(() => closeDatabase());

const AT = Date.UTC(2026, 4, 4, 8);

it("tells every type and retry as they were sent, and stores only what is unusual", async () => {
  const company = await makeCompany("Types");
  const sent = [
    { type: "Logon", retry: 0 },
    { type: "LOGON", retry: 3 },
    { type: "4624", retry: 0 },
    { type: "LogonFailed", retry: 1 },
    { type: "PrinterJam", retry: 0 },
  ];
  await storeEvents(
    company,
    sent.map(({ type, retry }, n) => ({
      type,
      user: "anna",
      computer: "PC-1",
      at: AT + n,
      fields: { retry },
    })),
  );
  const rows = await database().execute<{ id: string; event_type: string | null; retry: number | null }>(sql`
    select id, event_type, retry from events where company_id = ${company.companyId} order by id`);
  expect(rows.map(({ event_type, retry }) => [event_type, retry])).toEqual([
    [null, null],
    ["LOGON", 3],
    ["4624", null],
    [null, 1],
    ["PrinterJam", null],
  ]);
  const events = await readWithin(company.scope, (tx) =>
    Promise.all(
      rows.map(({ id }, n) =>
        readEvent(tx, company.scope, { companyId: company.companyId, occurredAt: AT + n, id: Number(id) }),
      ),
    ),
  );
  expect(events.map((event) => ({ type: event!.eventType, retry: event!.retry }))).toEqual(sent);
  const logs = await database().execute(sql`
    select event_type as type, retry from api_logs where company_id = ${company.companyId} order by id`);
  expect([...logs]).toEqual(sent);
});
