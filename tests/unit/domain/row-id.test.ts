import { describe, expect, it } from "vitest";
import { eventsQuery } from "@/lib/domain/events/events-query";
import { parseEventsRequest } from "@/lib/domain/events/filters";
import { rowId } from "@/lib/domain/form-input";
import { rowIdParam } from "@/lib/domain/reports/report-query";
import { readRowId } from "@/lib/domain/row-id";
import { newUserInput } from "@/lib/services/users/user-input";
import { PRODUCT_FOLDERS, sourceFiles } from "../../support/source-files";

const ids = ["1", "42", "999999999", "1000000000", "2147483647"];
const others = ["0", "-1", "01", "1.5", "1e3", " 1", "", "2147483648", "9999999999", "10000000000", "١"];

const membership = newUserInput.shape.memberships;

describe("the id of a row", () => {
  it.each(ids)("is read as %s wherever texts name it", (text) => {
    const id = Number(text);
    expect([readRowId(text), rowId.parse(text), rowIdParam.parse(text)]).toEqual([id, id, id]);
    expect(eventsQuery.parse({ site: `${text},7` })).toMatchObject({ site: `${text},7` });
    expect(parseEventsRequest({ computer: text }).request.filters.computerId).toBe(id);
    expect(membership.parse([`${text}:User`])).toEqual([{ companyId: id, role: "User" }]);
  });

  it.each(others)("isn't %j", (text) => {
    expect(readRowId(text)).toBe(null);
    for (const schema of [rowId, rowIdParam]) expect(schema.safeParse(text).error?.issues).toHaveLength(1);
    expect(eventsQuery.safeParse({ site: `7,${text}` }).success).toBe(false);
    expect(parseEventsRequest({ computer: text }).request.filters.computerId).toBe(null);
    expect(membership.safeParse([`${text}:User`]).success).toBe(false);
  });
});

const SPELLS_AN_ID = /\[1-9\](?:\\d|\[0-9\])\{0,[89]\}/;

it("nothing else says what an id looks like", () => {
  const files = sourceFiles(PRODUCT_FOLDERS);
  expect(files.size).toBeGreaterThan(500);
  const found = [...files]
    .filter(([, text]) => SPELLS_AN_ID.test(text))
    .map(([name]) => name)
    .toSorted();
  expect(found).toEqual([
    // The company of an event, with time and id behind it.
    "lib/domain/events/event-row.ts",
    "lib/domain/row-id.ts",
    // The membership's company, with its role behind it.
    "lib/services/users/user-input.ts",
  ]);
});
