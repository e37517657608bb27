import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { closeDatabase } from "@/db/client";
import { DEFAULT_REQUEST, NO_FILTERS } from "@/lib/domain/events/filters";
import { findNames } from "@/lib/services/events/find-names";
import { listEvents } from "@/lib/services/events/list-events";
import { readEvent } from "@/lib/services/events/read-event";
import { NOW, START, UTC } from "../../support/naive-events";
import { makeCompany, scopeOver, storeEvents, type TestCompany } from "../../support/stored-events";

let own: TestCompany;
let other: TestCompany;

beforeAll(async () => {
  own = await makeCompany("Own");
  other = await makeCompany("Other");
  const logon = (user: string, computer: string, minute: number) => ({
    type: "Logon",
    user,
    computer,
    at: START + minute * 60_000,
  });
  await storeEvents(own, [
    logon("Anna", "PC-ANNA", 1),
    logon("joanna", "pc-2", 3),
    logon("annabel", "pc-2", 2),
    logon("100% sure", "under_score", 4),
    logon(String.raw`ACME\Kim`, "pc-3", 1),
    logon("kimberly", "pc-3", 8),
  ]);
  await storeEvents(other, [logon("anna of others", "PC-ANNA-2", 9)]);
});

afterAll(() => closeDatabase());

const names = async (text: string, companies = [own]) =>
  (await findNames(scopeOver(companies), text)).map(({ type, name }) => `${type} ${name}`);

describe("names for the palette", () => {
  test("are found in any case: the name itself, then those that begin with it, then the last seen; accounts, then computers", async () => {
    expect(await names("ANNA")).toEqual([
      "account Anna",
      "account annabel",
      "account joanna",
      "computer PC-ANNA",
    ]);
    expect(await names("kim")).toEqual([String.raw`account ACME\Kim`, "account kimberly"]);
  });

  test("are taken by the letter, whatever the letters mean to the database", async () => {
    expect(await names("0%")).toEqual(["account 100% sure"]);
    expect(await names("r_s")).toEqual(["computer under_score"]);
    expect(await names("%a")).toEqual([]);
    expect(await names("a\\")).toEqual([]);
    expect(await names("' or ''='")).toEqual([]);
  });

  test("are not looked for by fewer than two letters", async () => {
    expect(await names("a")).toEqual([]);
    expect(await names("  ")).toEqual([]);
  });

  test("are those of the companies one may see", async () => {
    expect((await names("anna")).filter((name) => name.includes("others"))).toEqual([]);
    expect(await names("anna of", [own, other])).toEqual(["account anna of others"]);
  });
});

describe("one event", () => {
  test("is read whole, as the agent sent it", async () => {
    const company = await makeCompany("Detail");
    const fields = {
      EventId: "agent's own id",
      LocalIP: "10.0.0.5",
      PublicIP: "203.0.113.4",
      SourceIP: "198.51.100.7",
      Status: "0xC000006D",
      SubStatus: "0xC0000064",
      LogonType: 10,
      SessionId: "2",
      AgentVersion: "1.2.3",
      retry: 2,
    };
    await storeEvents(company, [{ type: "4625", user: "Zoë", computer: "PC-1", at: START + 123, fields }]);
    const filters = { ...NO_FILTERS, range: { from: START, to: null } };
    const { rows } = await listEvents(company.scope, { ...DEFAULT_REQUEST, filters }, UTC, NOW);
    expect(await readEvent(company.scope, rows[0]!)).toMatchObject({
      companyId: company.companyId,
      kind: "logon_failed",
      eventType: "4625",
      userName: "Zoë",
      computerName: "PC-1",
      siteName: "HO",
      occurredAt: START + 123,
      isClockSkewed: false,
      retry: 2,
      logonType: 10,
      localIp: "10.0.0.5",
      publicIp: "203.0.113.4",
      sourceIp: "198.51.100.7",
      agentEventId: "agent's own id",
      status: "0xC000006D",
      subStatus: "0xC0000064",
      sessionId: "2",
      agentVersion: "1.2.3",
    });
    await expect(readEvent(own.scope, rows[0]!)).rejects.toMatchObject({ code: "not_found" });
    const moved = { ...rows[0]!, companyId: own.companyId };
    await expect(readEvent(own.scope, moved)).rejects.toMatchObject({ code: "not_found" });
    await expect(readEvent(company.scope, { ...rows[0]!, id: 1 })).rejects.toMatchObject({
      code: "not_found",
    });
  });
});
