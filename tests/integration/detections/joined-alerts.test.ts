import { sql } from "drizzle-orm";
import { beforeAll, expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { alertAssignForm } from "@/lib/domain/detections/alert-form";
import type { CompanyContext } from "@/lib/services/context";
import { assignAlerts } from "@/lib/services/detections/assign-alerts";
import { commentAlert } from "@/lib/services/detections/change-alerts";
import { readAlert } from "@/lib/services/detections/read-alert";
import { followStoredOf } from "../../support/detecting";
import { provideOwnDatabase } from "../../support/own-database";
import { contextOf, makeUser } from "../../support/people";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";
import { toldIn } from "../../support/told";

provideOwnDatabase();

const MINUTE = 60_000;

beforeAll(() => database().transaction(ensureSettings));

interface Ground {
  company: TestCompany;
  admin: CompanyContext;
  username: string;
  /** Has anna refused at these minutes, and the rules asked; gives the alerts by when they begin. */
  refuse(minutes: readonly number[]): Promise<{ id: number; minute: number; count: number }[]>;
}

async function makeGround(name: string): Promise<Ground> {
  const company = await makeCompany(name);
  const person = await makeUser("User", [{ companyId: company.companyId, role: "CompanyAdmin" }]);
  const begin = Date.now() - 120 * MINUTE;
  return {
    company,
    admin: { ...(await contextOf(person)), scope: company.scope },
    username: person.username,
    async refuse(minutes) {
      const failed = {
        type: "logon_failed",
        user: "anna",
        computer: "PC-1",
        fields: { SubStatus: "0xC000006A" },
      };
      await storeEvents(
        company,
        minutes.map((minute) => ({ ...failed, at: begin + minute * MINUTE })),
      );
      await followStoredOf(company);
      const rows = await database().execute<{ id: number; at: number; count: number }>(sql`
        select id, (extract(epoch from first_at) * 1000)::float8 as at, count from alerts
        where company_id = ${company.companyId} order by first_at`);
      return rows.map(({ id, at, count }) => ({ id, minute: (at - begin) / MINUTE, count }));
    },
  };
}

const LATER = [15, 16, 17, 18, 19];
const EARLIER = [0, 1, 2, 3, 4];

it("an alert whose beginning arrives late keeps its page, its people's work, and its one notification", async () => {
  const { company, admin, username, refuse } = await makeGround("Begun late");
  const [first] = await refuse(LATER);
  const { id } = first!;
  await assignAlerts(admin, alertAssignForm.parse({ alertId: String(id), assignee: username }));
  await commentAlert(admin, { alertId: id, comment: "Called her" });
  expect(await refuse([4, 5, 6, 7, 8])).toEqual([{ id, minute: 4, count: 10 }]);
  const { alert, history } = await readAlert(admin, id);
  expect(alert.assignee).toBe(username);
  expect(history.map(({ comment }) => comment)).toEqual(["", "Called her"]);
  expect((await toldIn(company.companyId)).map(({ kind }) => kind)).toEqual(["logon.burst"]);
});

it.each([
  ["that nobody has touched become the earlier one", "", 1],
  ["stay two when the later one has a comment", "comment", 2],
  ["stay two when the later one is assigned", "assign", 2],
])("two alerts that a late event connects %s", async (_, done, left) => {
  const { admin, username, refuse } = await makeGround(`Connected ${done}`);
  await refuse(EARLIER);
  const [earlier, later] = await refuse(LATER);
  const { id } = later!;
  if (done === "comment") await commentAlert(admin, { alertId: id, comment: "Called her" });
  if (done === "assign") {
    await assignAlerts(admin, alertAssignForm.parse({ alertId: String(id), assignee: username }));
  }
  const joined = await refuse([9]);
  expect(joined[0]).toEqual({ id: earlier!.id, minute: 0, count: 11 });
  expect(joined.slice(1)).toEqual([later].slice(0, left - 1));
});
