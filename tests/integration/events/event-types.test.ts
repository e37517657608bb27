import { sql } from "drizzle-orm";
import { afterAll, expect, it } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { readEvent } from "@/db/queries/events/read-event";
import { refreshNames } from "@/db/queries/events/refresh-derived";
import { readWithin, writeWithin } from "@/db/scope";
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

it("gives every address back as it was sent, and stores IPv4 addresses as numbers", async () => {
  const company = await makeCompany("Addresses");
  const sent = [
    { localIp: "10.0.17.170", publicIp: "203.0.113.7" },
    { localIp: "255.255.255.255", publicIp: "0.0.0.0" },
    { localIp: "fe80::1%eth0", publicIp: "2001:db8::7" },
    { localIp: "010.0.0.1", publicIp: null },
    { localIp: null, publicIp: "198.51.100.1, 10.0.0.1" },
    { localIp: null, publicIp: null },
  ];
  await storeEvents(
    company,
    sent.map(({ localIp, publicIp }, n) => ({
      type: "Logon",
      user: "anna",
      computer: "PC-1",
      at: AT + n,
      fields: { LocalIP: localIp, PublicIP: publicIp },
    })),
  );
  const rows = await database().execute<{ id: string; is_text: boolean[] }>(sql`
    select id, array[local_ip is not null, public_ip is not null] as is_text
    from events where company_id = ${company.companyId} order by id`);
  expect(rows.map((row) => row.is_text)).toEqual([
    [false, false],
    [false, false],
    [true, true],
    [true, false],
    [false, true],
    [false, false],
  ]);
  const events = await readWithin(company.scope, (tx) =>
    Promise.all(
      rows.map(({ id }, n) =>
        readEvent(tx, company.scope, { companyId: company.companyId, occurredAt: AT + n, id: Number(id) }),
      ),
    ),
  );
  expect(events.map((event) => ({ localIp: event!.localIp, publicIp: event!.publicIp }))).toEqual(sent);
  const logs = await database().execute(sql`
    select local_ip as "localIp", public_ip as "publicIp" from api_logs
    where company_id = ${company.companyId} order by id`);
  expect([...logs]).toEqual(sent);
  await writeWithin(company.scope, (tx) => refreshNames(tx, company.scope));
  const [computer] = await database().execute(sql`
    select last_local_ip as "localIp", last_public_ip as "publicIp" from computers
    where company_id = ${company.companyId}`);
  expect(computer).toEqual({ localIp: "010.0.0.1", publicIp: "198.51.100.1, 10.0.0.1" });
});
