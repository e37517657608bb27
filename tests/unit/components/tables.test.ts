import { expect, it } from "vitest";
import { sourceFiles } from "../../support/source-files";

/** The props of each use of a table, by its file; not those of tables that pass on what they are given. */
const tables = [...sourceFiles(["components"])]
  .filter(([path]) => !/^components\/lists\/(list|report)-table\.tsx$/.test(path))
  .flatMap(([path, source]) =>
    [...source.matchAll(/^( *)<(?:Data|List|Report)Table\n([\s\S]*?)\n\1\/>/gm)].map(
      ([, , props]) => [path, props!] as const,
    ),
  );

it("marks the order in force in every table's header, the usual one included", () => {
  expect(tables.length).toBeGreaterThan(10);
  expect(
    tables.filter(([, props]) => !/^\s+sort=\{(?!.*undefined)/m.test(props)).map(([path]) => path),
  ).toEqual([]);
});

it("pages through every list by the same pager", () => {
  const pagers = tables.filter(([, props]) => /^\s+pager=/m.test(props));
  expect(pagers.length).toBeGreaterThan(9);
  const own = pagers.filter(([, props]) => !/pager=\{(numberedPager|cursorPager)\(/.test(props));
  // Events go both ways from a cursor.
  expect(own.map(([path]) => path)).toEqual(["components/events-screen/events-view.tsx"]);
});

it("words the pager's ways by the order alone, so that no list's own words are lost", () => {
  const worded = [...sourceFiles(["components"])].filter(([, source]) => source.includes("previousLabel"));
  expect(worded.map(([path]) => path)).toEqual([
    "components/data-table/data-table-footer.tsx",
    "components/ui/pagination.tsx",
  ]);
});

it.each([
  ["clearFiltersHref=", "onClearFilters="],
  ["sortHref=", "onSortChange="],
  ["removeHref:", "onRemove:"],
])(
  "takes steps by the list's own ways, which know what is typed and on its way: %s with %s",
  (address, way) => {
    const files = [...sourceFiles(["components"])].map(
      ([path, source]) => [path, source.split(address), way] as const,
    );
    const alone = files.filter(([, parts, own]) =>
      parts.slice(1).some((part) => !part.slice(0, 120).includes(own)),
    );
    expect(alone.map(([path]) => path)).toEqual([]);
  },
);
