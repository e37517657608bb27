import { afterAll, beforeAll, expect, it } from "vitest";
import { closeDatabase, database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { readScreenQuery } from "@/lib/domain/reports/screen-query";
import { answerTable } from "@/lib/server/read-api/table-route";
import { textParam } from "@/lib/server/search-params";
import { findNames } from "@/lib/services/events/find-names";
import { commonQuery } from "@/lib/server/read-api/common-query";
import { TABLES } from "@/lib/services/tables/registry";
import { makeKey } from "../../support/read-keys";
import { makeCompany, storeEvents, type TestCompany } from "../../support/stored-events";

const TEXTS = ["\0", "a\0b", "\u0007", "\ud800", "a\udc00b", "\ufffe", "\u{10ffff}", "%00", "'\\"];
let own: TestCompany;
let key: string;

beforeAll(async () => {
  await database().transaction(ensureSettings);
  own = await makeCompany("Unstorable");
  key = await makeKey(own);
  await storeEvents(own, [{ type: "Logon", user: "Anna", computer: "PC-1", at: Date.now() - 60_000 }]);
});
afterAll(closeDatabase);

const paramsOf = (table: (typeof TABLES)[number]) => [
  ...Object.keys(table.query.shape),
  ...Object.keys(commonQuery.shape),
];

it.each(TABLES.map((table) => [table.name, table] as const))(
  "%s answers no 500 for any text in any of its parameters",
  async (_, table) => {
    const answers: string[] = [];
    for (const name of paramsOf(table)) {
      for (const text of TEXTS) {
        // As it stands in an address, and as a URL with a lone surrogate cannot be written, made of bytes.
        const value =
          text === "\ud800" ? "%ED%A0%80" : encodeURIComponent(text.replaceAll(/\p{Cs}/gu, "\ufffd"));
        const url = `http://localhost/api/v1/${table.name}?${name}=${value}`;
        const response = await answerTable(new Request(url, { headers: { "X-API-Key": key } }), table);
        await response.arrayBuffer();
        if (response.status >= 500) answers.push(`${name}=${value}: ${response.status}`);
      }
    }
    expect(answers).toEqual([]);
  },
);

it("a NUL in a text is named to whoever asks the API", async () => {
  const computers = TABLES.find(({ name }) => name === "computers");
  const request = new Request("http://localhost/api/v1/computers?version=%00", {
    headers: { "X-API-Key": key },
  });
  const response = await answerTable(request, computers);
  expect(response.status).toBe(400);
  expect(await response.json()).toMatchObject({ errors: [{ field: "version" }] });
});

it("screens leave such a text out", async () => {
  for (const table of TABLES) {
    for (const name of Object.keys(table.query.shape)) {
      for (const text of TEXTS.slice(0, 5)) {
        const { query, ignored } = readScreenQuery(table.query, { [name]: text });
        expect(ignored).toContain(name);
        expect(JSON.stringify(query)).not.toContain(JSON.stringify(text).slice(1, -1));
      }
    }
  }
  for (const text of TEXTS.slice(0, 5)) {
    expect(textParam({ q: text }, "q")).not.toMatch(/[\p{Cc}\p{Cs}]/u);
    expect(await findNames(own.scope, `${text}anna`)).toBeInstanceOf(Array);
  }
});
