import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { refreshNames } from "@/db/queries/events/refresh-derived";
import { ensureSettings } from "@/db/queries/global/first-start";
import { writeWithin } from "@/db/scope";
import { purgeEventsBefore } from "@/lib/services/companies/purge-company";
import { operatorContext } from "@/lib/services/context";
import { followStoredOf } from "../../support/detecting";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany, storeEvents, type SentEvent, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();
beforeAll(() => database().transaction(ensureSettings));

const DAY = 86_400_000;
const MINUTE = 60_000;
/** A full quarter of an hour, so that a purge need not move it back. */
const CUT = Math.floor(Date.now() / DAY) * DAY - 10 * DAY;

/** Sessions on the day, counted from the instant of the purge, and an attack on the account. */
const eventsOn = (day: number, user: string): SentEvent[] => [
  { type: "Logon", user, computer: "PC-1", at: CUT + day * DAY },
  { type: "Logoff", user, computer: "PC-1", at: CUT + day * DAY + 60 * MINUTE },
  ...Array.from({ length: 12 }, (_, minute) => ({
    type: "LogonFailed",
    user,
    computer: "PC-1",
    at: CUT + day * DAY + (90 + minute) * MINUTE,
  })),
];

async function follow(company: TestCompany, events: readonly SentEvent[]): Promise<void> {
  await storeEvents(company, events);
  await writeWithin(company.scope, (tx) => refreshNames(tx, company.scope));
  await followStoredOf(company);
}

/** What rules have found, and what they have learned, to the letter. */
async function foundOf({ companyId }: TestCompany) {
  const alerts = await database().execute(sql`
    select id, rule, subject_key, first_at, last_at, count from alerts where company_id = ${companyId} order by id`);
  const habits = await database().execute(sql`
    select subject_key, memory from detection_states where company_id = ${companyId} and rule = 'habits' order by 1`);
  return { alerts: [...alerts], habits: [...habits] };
}

/** What rules other than that of health checks remember besides habits, which refers to events. */
async function rememberedOf({ companyId }: TestCompany): Promise<string[]> {
  const rows = await database().execute<{ rule: string }>(sql`
    select distinct rule from detection_states
    where company_id = ${companyId} and rule not in ('habits', 'watch-agents') order by 1`);
  return rows.map(({ rule }) => rule);
}

it("a purge of old events leaves the alerts and habits that those that are left come to by themselves", async () => {
  const company = await makeCompany("Found");
  await follow(company, eventsOn(4, "stays"));
  const right = await foundOf(company);
  expect(right.alerts).toMatchObject([{ rule: "password-guessing" }]);
  // Stored behind the events of agents, as an import does it.
  await follow(company, [...eventsOn(-20, "stays"), ...eventsOn(-19, "gone")]);
  const wrong = await foundOf(company);
  expect(wrong.alerts.length).toBe(3);
  expect(wrong.habits).not.toEqual(right.habits);
  const context = { ...operatorContext("command line"), scope: company.scope };
  for (const events of [28, 0]) {
    expect(await purgeEventsBefore(context, new Date(CUT))).toEqual({ events });
    expect(await rememberedOf(company)).toEqual([]);
    expect((await foundOf(company)).alerts).toEqual(right.alerts);
    // Habits are learned again before rules are asked about the next event.
    await follow(company, [{ type: "Something else", user: "stays", computer: "PC-1", at: CUT + 9 * DAY }]);
    expect(await foundOf(company)).toEqual(right);
  }
});

it("a purge leaves what health checks told", async () => {
  const company = await makeCompany("Watched");
  await follow(company, eventsOn(-20, "gone"));
  await database().execute(sql`
    insert into detection_states (company_id, rule, subject_key, memory)
    values (${company.companyId}, 'watch-agents', 'company', '{"lookedAt": 1}')`);
  await purgeEventsBefore({ ...operatorContext("command line"), scope: company.scope }, new Date(CUT));
  const states = await database().execute(sql`
    select rule, memory from detection_states where company_id = ${company.companyId}`);
  expect([...states]).toEqual([{ rule: "watch-agents", memory: { lookedAt: 1 } }]);
});
