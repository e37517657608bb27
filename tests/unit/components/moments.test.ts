import { expect, it } from "vitest";
import { dayHref } from "@/components/lists/day-href";
import { fixedMoment } from "@/components/who-was-on/fixed-moment";
import { changedMoment, fieldOf, momentToShow, typedMoment } from "@/components/who-was-on/typed-moment";
import { formatSortable } from "@/components/time/format";
import { sourceFiles } from "../../support/source-files";

const AT = Date.parse("2026-03-01T23:30:00Z");

it.each([
  ["computer=3&site=2", "computer=3&site=2&at=2026-03-01T23%3A30%3A00.000Z&tz=Europe%2FBerlin"],
  ["at=2026-03-01T22:00Z&tz=UTC&account=1", "at=2026-03-01T23%3A30%3A00.000Z&tz=Europe%2FBerlin&account=1"],
])("files of %s are of the moment that was read", (query, fixed) =>
  expect(fixedMoment(query, AT, "Europe/Berlin")).toBe(fixed),
);

it("keeps a view of now a view of now: only files and paper are of a fixed moment", () => {
  const given = [...sourceFiles(["components"])].flatMap(([name, text]) =>
    [...text.matchAll(/<(SaveView|TableMenus|ReportTable)\b[^>]*?\bquery=\{([^}]*)\}/g)].map(
      ([, , query]) => `${name}: ${query}`,
    ),
  );
  expect(given).toContain("components/who-was-on/moment-menus.tsx: query");
  expect(given).toContain("components/who-was-on/roll-call-view.tsx: list.exported");
  expect(given.filter((each) => each.includes("fixedMoment"))).toEqual([]);
});

it.each([
  ["Europe/Berlin", "/all/time-spent/7/2026-03-02?tz=Europe%2FBerlin"],
  ["America/New_York", "/all/time-spent/7/2026-03-01?tz=America%2FNew_York"],
])("leads to an account's day of %s, among the companies in view", (zone, href) =>
  expect(dayHref("all", 7, AT, zone)).toBe(href),
);

it("leads to days of accounts in one way, which keeps the zone and the companies in view", () => {
  const own = [...sourceFiles(["components"])].filter(([, text]) => /\/time-spent\/\$\{/.test(text));
  // The report itself leads to the days of its rows.
  const others = own.map(([name]) => name).filter((name) => !name.startsWith("components/time-spent/"));
  expect(others).toEqual(["components/lists/day-href.ts"]);
});

it.each([
  ["2026-03-01T23:30", "2026-03-01T22:30Z"],
  ["2026-07-01T00:10", "2026-06-30T22:10Z"],
  ["", null],
  ["2026-02-30T10:00", null],
  [null, null],
])("reads what is typed as a time of the zone: %s", (typed, moment) =>
  expect(typedMoment(typed, "Europe/Berlin")).toBe(moment),
);

it.each([
  ["2026-03-01T09:15", "2026-03-01T08:15Z"],
  // Nothing is typed, so a view of now stays one, and an hour that comes twice stays the one that is shown.
  ["2026-03-02T00:30", null],
  ["", null],
  [undefined, null],
])("keeps a time that is typed and not shown yet when somebody is picked: %s", (typed, moment) =>
  expect(changedMoment(typed, "2026-03-02T00:30", "Europe/Berlin")).toBe(moment),
);

it.each(["2025-10-26T00:30Z", "2025-10-26T01:30Z", "2025-10-26T01:45Z"])(
  "shows the moment that stands there again, also in an hour that comes twice: %s",
  (address) => {
    const at = Date.parse(address);
    const text = formatSortable(at, "Europe/Berlin", "minute").replace(" ", "T");
    expect(momentToShow(text, { text, at }, "Europe/Berlin")).toBe(address);
    expect(momentToShow("2025-10-26T09:00", { text, at }, "Europe/Berlin")).toBe("2025-10-26T08:00Z");
    expect(momentToShow("", { text, at }, "Europe/Berlin")).toBeNull();
  },
);

it("asks for a moment in no way that forgets which of two hours is shown", () => {
  const users = [...sourceFiles(["components"])].filter(([, text]) => /\btypedMoment\b/.test(text));
  expect(users.map(([name]) => name)).toEqual(["components/who-was-on/typed-moment.ts"]);
});

it("leaves what is typed where a page of now reads another minute, and takes the moment of another address", () => {
  const field = { text: "2026-03-02T00:30", address: "", isTyped: false };
  expect(fieldOf(field, "2026-03-02T00:30", "")).toBe(field);
  expect(fieldOf(field, "2026-03-02T00:31", "")).toEqual({ ...field, text: "2026-03-02T00:31" });
  const typed = { ...field, isTyped: true };
  expect(fieldOf(typed, "2026-03-02T00:31", "")).toBe(typed);
  const other = { text: "2026-03-01T09:15", address: "2026-03-01T08:15Z", isTyped: false };
  expect(fieldOf(typed, other.text, other.address)).toEqual(other);
});
