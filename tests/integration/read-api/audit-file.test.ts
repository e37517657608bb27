import { sql } from "drizzle-orm";
import { NextRequest } from "next/server";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { read, utils } from "xlsx";
import * as whole from "@/app/(portal)/admin/audit/export/route";
import * as trail from "@/app/(portal)/[company]/audit/export/route";
import { closeDatabase, database } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { ensureSettings } from "@/db/queries/global/first-start";
import { ENGLISH_READER } from "@/lib/english";
import { streamAudit } from "@/lib/services/audit/read-audit";
import { readPdf } from "../../support/pdf-text";
import { makeUser, type Person } from "../../support/people";
import { signedInAs } from "../../support/signed-in";
import { makeCompany, type TestCompany } from "../../support/stored-events";

const session = vi.hoisted(() => ({ user: null as unknown }));
vi.mock("@/lib/server/guards", async (original) => ({
  ...(await original<object>()),
  currentUser: async () => session.user,
}));
vi.mock("@/lib/server/texts/words", async (original) => ({
  ...(await original<object>()),
  getReader: async () => ENGLISH_READER,
}));

const HEADER = [
  "Number",
  "Time",
  "Company",
  "User",
  "Recorded as",
  "Action",
  "Outcome",
  "Target type",
  "Target ID",
  "Target",
  "Address",
  "Before",
  "After",
  "Request ID",
  "Hash",
];
let own: TestCompany;
let other: TestCompany;
let admin: Person;
let boss: Person;

async function signIn(person: Person): Promise<void> {
  session.user = await signedInAs(person);
}

beforeAll(async () => {
  await database().transaction(ensureSettings);
  [own, other] = [await makeCompany("Trailed"), await makeCompany("Not trailed")];
  admin = await makeUser("User", [{ companyId: own.companyId, role: "CompanyAdmin" }]);
  boss = await makeUser("GlobalAdmin");
  for (const { companyId } of [own, other]) {
    await database().transaction((tx) =>
      insertAuditRow(tx, {
        actorUserId: null,
        actorName: `teller ${companyId}`,
        address: "192.0.2.9",
        companyId,
        action: "site.create",
        outcome: "success",
        targetType: "site",
        targetId: "7",
        before: { name: "Old" },
        after: { name: "New" },
      }),
    );
  }
});
afterAll(closeDatabase);

const ask = (query: string, ref = String(own.companyId)) =>
  trail.GET(new NextRequest(`http://localhost/${ref}/audit/export?${query}`), {
    params: Promise.resolve({ company: ref }),
  });
const askWhole = (query: string) =>
  whole.GET(new NextRequest(`http://localhost/admin/audit/export?${query}`), {
    params: Promise.resolve({}),
  });
const bytesOf = async (answer: Response) => new Uint8Array(await answer.arrayBuffer());
const exportsOf = async ({ companyId }: TestCompany) => [
  ...(await database().execute<{ after: object }>(sql`
    select after from audit_log where company_id = ${companyId} and action = 'audit.export' order by seq`)),
];

describe("an audit trail as a file", () => {
  it("is CSV for a link without a format, with all that is stored of the company's rows alone", async () => {
    await signIn(admin);
    const answer = await ask(`q=teller&outcome=success`);
    expect(answer.status).toBe(200);
    expect(answer.headers.get("Content-Disposition")).toMatch(
      /filename="audit_Trailed-[\da-f]+_[\d-]+\.csv"/,
    );
    const lines = (await answer.text()).trim().split("\r\n");
    expect(lines).toHaveLength(2);
    expect(lines[0]!.replace("\uFEFF", "").split(",")).toEqual(HEADER);
    expect(lines[1]).toContain(`teller ${own.companyId},site.create,Created a site,success,site,7,`);
    expect(lines[1]).toContain('"{""name"":""Old""}","{""name"":""New""}"');
    expect((await exportsOf(own)).at(-1)).toEqual({
      after: { format: "csv", filter: "q=teller&outcome=success" },
    });
  });

  it("is Excel with the same columns, below the filters in words", async () => {
    await signIn(admin);
    const answer = await ask("q=teller&area=site&format=xlsx");
    const book = read(await bytesOf(answer), { type: "array" });
    const cells = Object.values(book.Sheets).flatMap((sheet) =>
      utils.sheet_to_json<unknown[]>(sheet, { header: 1, raw: false }).flat(),
    );
    expect(cells).toEqual(expect.arrayContaining(HEADER));
    expect(cells).toEqual(expect.arrayContaining([`teller ${own.companyId}`, '{"name":"New"}']));
    expect(cells.join("\n")).toContain("Search: teller; Area: Sites");
    expect(cells).not.toContain(`teller ${other.companyId}`);
    expect((await exportsOf(own)).at(-1)).toEqual({
      after: { format: "xlsx", filter: "q=teller&area=site" },
    });
  });

  it("is a PDF with what the screen shows, changes in words", async () => {
    await signIn(admin);
    const pages = await readPdf(await bytesOf(await ask("q=teller&format=pdf")));
    const text = pages.flatMap(({ texts }) => texts).join(" ");
    expect(text).toContain("Audit trail");
    expect(text).toContain(`teller ${own.companyId}`);
    expect(text).toContain("Changes");
    expect(text).not.toContain("Hash");
    expect(text).not.toContain(`teller ${other.companyId}`);
  });

  it.each([0, 1, 9, 10, 11, 20, 31])(
    "has every entry of %i, whatever the length of its batches",
    async (count) => {
      const { companyId, scope } = await makeCompany("Long trail");
      await database().transaction(async (tx) => {
        for (let n = 0; n < count; n += 1) {
          const entry = { actorUserId: null, actorName: `writer ${n}`, address: null, companyId };
          await insertAuditRow(tx, { ...entry, action: "site.create", outcome: "success" });
        }
      });
      const { access, auditActor } = await signedInAs(boss);
      const view = { companies: { actor: access.actor, audit: auditActor, scope } };
      const filter = { search: "writer", area: null, outcome: null, companyId: null, from: null, to: null };
      const names: (string | null)[] = [];
      for await (const batch of streamAudit(view, filter, 10)) {
        names.push(...batch.map(({ actorName }) => actorName));
      }
      expect(names).toEqual(Array.from({ length: count }, (_, n) => `writer ${count - 1 - n}`));
    },
  );

  it("of the whole portal is for global administrators, and names the company it is held to", async () => {
    await signIn(admin);
    expect((await askWhole("format=xlsx")).status).toBe(403);
    await signIn(boss);
    const answer = await askWhole(`q=teller&company=${other.companyId}&format=pdf`);
    const text = (await readPdf(await bytesOf(answer))).flatMap(({ texts }) => texts).join(" ");
    expect(text).toContain(`teller ${other.companyId}`);
    expect(text).not.toContain(`teller ${own.companyId}`);
    expect(text).toContain(`Company: ${other.name}`);
  });

  it("is refused to members, and in a format that there is none of, with nothing in the trail", async () => {
    const before = (await exportsOf(own)).length;
    await signIn(admin);
    expect((await ask("format=docx")).status).toBe(400);
    await signIn(await makeUser("User", [{ companyId: own.companyId, role: "User" }]));
    for (const format of ["csv", "xlsx", "pdf"]) expect((await ask(`format=${format}`)).status).toBe(403);
    expect(await exportsOf(own)).toHaveLength(before);
  });
});
