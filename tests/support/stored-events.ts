import { createCompany } from "@/lib/services/companies/create-company";
import { database } from "@/db/client";
import { insertSite } from "@/db/queries/companies/insert-site";
import { insertEvents, type NewEvent } from "@/db/queries/events/insert-events";
import { operatorScope, type CompanyScope, type CompanyWriteScope } from "@/db/scope";
import { parseWireEvent } from "@/lib/domain/events/wire";
import { operatorActor } from "@/lib/services/audit/actor";
import { fingerprintOf } from "@/lib/services/events/fingerprint";
import { randomBytes } from "node:crypto";

export interface TestCompany {
  companyId: number;
  name: string;
  scope: CompanyWriteScope;
  /** The first is the company's own, "HO". */
  siteIds: number[];
}

/** A company of the test's own with `siteCount` sites; the name ends in random digits. */
export async function makeCompany(name: string, siteCount = 1): Promise<TestCompany> {
  process.env.AUTH_SECRET ??= randomBytes(33).toString("base64");
  const fullName = `${name} ${randomBytes(6).toString("hex")}`;
  const { id } = await createCompany(operatorActor("command line"), { name: fullName });
  const scope = operatorScope(id);
  const [first] = await database().execute<{ id: number }>(`select id from sites where company_id = ${id}`);
  const siteIds = [first!.id];
  for (let number = 2; number <= siteCount; number += 1) {
    siteIds.push(await insertSite(database(), scope, `Office ${number}`));
  }
  return { companyId: id, name: fullName, scope, siteIds };
}

/** A scope over several test companies, as an administrator of all of them has it. */
export function scopeOver(companies: readonly TestCompany[]): CompanyScope {
  return { ...companies[0]!.scope, companyIds: companies.map(({ companyId }) => companyId) };
}

export interface SentEvent {
  type: string;
  user: string;
  computer: string;
  /** Epoch milliseconds. */
  at: number;
  site?: number;
  /** By how many milliseconds the computer's clock was ahead of the server's. */
  ahead?: number;
  fields?: Record<string, unknown>;
}

/** The events as the ingest hands them on; each gets an id of its own unless its fields give one. */
export function newEvents(company: TestCompany, events: readonly SentEvent[]): NewEvent[] {
  return events.map(({ type, user, computer, at, site = 0, ahead = 0, fields }) => {
    const parsed = parseWireEvent(
      {
        EventType: type,
        UserName: user,
        ComputerName: computer,
        Timestamp: new Date(at).toISOString(),
        EventId: randomBytes(12).toString("hex"),
        ...fields,
      },
      at - ahead,
    );
    if (!parsed.ok) throw new Error(JSON.stringify(parsed.errors));
    const { event } = parsed;
    return { scope: company.scope, siteId: company.siteIds[site]!, event, fingerprint: fingerprintOf(event) };
  });
}

/** Stores events as the ingest does, counts included; each gets an id of its own, so none is a duplicate. */
export async function storeEvents(company: TestCompany, events: readonly SentEvent[]): Promise<void> {
  const rows = newEvents(company, events);
  for (let start = 0; start < rows.length; start += 500) await insertEvents(rows.slice(start, start + 500));
}

const DAY_MS = 86_400_000;

/** Stores so many logons and logoffs of seven accounts on five computers, a minute apart, so many days after `from`. */
export async function storeDay(
  company: TestCompany,
  from: number,
  day: number,
  count: number,
): Promise<void> {
  const events = Array.from({ length: count }, (_, n) => ({
    type: n % 2 === 0 ? "Logon" : "Logoff",
    user: `user.${n % 7}`,
    computer: `PC-${n % 5}`,
    at: from + day * DAY_MS + n * 60_000,
  }));
  await storeEvents(company, events);
}

/** The id by which an address names an account or computer. */
export async function idOf(
  table: "accounts" | "computers",
  company: TestCompany,
  name: string,
): Promise<string> {
  const [row] = await database().execute<{ id: number }>(
    `select id from ${table} where company_id = ${company.companyId} and name = '${name}'`,
  );
  return String(row!.id);
}
