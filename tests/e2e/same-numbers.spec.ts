import { expect, isTextOf, signedIn, test, wordsOf, type Page } from "../support/journey";
import { parse } from "csv-parse/sync";
import { formatDuration } from "@/components/time/format";
import { tablePath } from "@/lib/domain/reports/table-address";
import { inEnglish } from "@/lib/english";
import { TABLES as ALL_TABLES } from "@/lib/services/tables/registry";
import { API_KEY, startReadyServer, type OwnServer } from "../support/own-server";
import { postEvents, type PostedEvent } from "../support/posted-events";

const DAY_MS = 86_400_000;
const TODAY = Math.floor(Date.now() / DAY_MS) * DAY_MS;
/** Closed days, so that no number moves while it is compared. */
const [FROM, TO] = [5, 1].map((back) => new Date(TODAY - back * DAY_MS).toISOString().slice(0, 10)) as [
  string,
  string,
];

/** Tables that a journey of their own looks at, those without numbers or of a moment, and those with nothing in them here. */
const NOT_HERE = ["events", "logons", "inactive", "who-was-on", "roll-call", "alerts"];
/** Where a table isn't called on its screen what its file is called. */
const LABELS: Readonly<Record<string, string>> = { companies: "Overview" };
/** Further questions to a table besides the one without filters. */
const QUERIES: Readonly<Record<string, readonly string[]>> = {
  "time-spent": ["group_by=user_computer", "split=off", "q=person.1"],
  failures: ["by=reason"],
};

interface AskedTable {
  label: string;
  page: string;
  api: string;
  query?: string;
}

/** Each table that has a screen, sorted by what both can sort by. */
const TABLES = ALL_TABLES.filter(({ name, screen }) => screen && !NOT_HERE.includes(name)).flatMap(
  (table) => {
    const { name, title, screen } = table;
    const asked: AskedTable = {
      label: LABELS[name] ?? inEnglish({ key: title }),
      page: screen!.page,
      api: tablePath(name).replace("/api/v1/", ""),
    };
    return [asked, ...(QUERIES[name] ?? []).map((query) => ({ ...asked, query }))];
  },
);

let server: OwnServer;

/** People who come, lock, unlock and go at times of their own, some on two computers, with failures among it. */
function postedWeek(): PostedEvent[] {
  const events: PostedEvent[] = [];
  const at = (day: number, minute: number) =>
    new Date(TODAY - day * DAY_MS + minute * 60_000 + 250).toISOString();
  for (let day = 7; day >= 1; day -= 1) {
    for (let person = 0; person < 9; person += 1) {
      const [UserName, ComputerName] = [`person.${person}`, `PC-${person % 6}`];
      const begin = 420 + person * 11 + day;
      const add = (EventType: string, minute: number, computer = ComputerName, more = {}) =>
        events.push({ EventType, UserName, ComputerName: computer, Timestamp: at(day, minute), ...more });
      add("Logon", begin);
      add("Lock", begin + 150);
      add("Unlock", begin + 185 + person);
      if (person % 3 === 0) add("Logon", begin + 200, "RDS-1");
      if (person % 3 === 0) add("Logoff", begin + 260, "RDS-1");
      // Now and then the logoff is missing, so that some time is uncertain.
      if ((person + day) % 4 !== 0) add("Logoff", begin + 500);
      for (let wrong = 0; wrong < (person + day) % 3; wrong += 1) {
        add("4625", begin - 5 + wrong, ComputerName, {
          SourceIP: `203.0.113.${person}`,
          SubStatus: "0xC000006A",
        });
      }
    }
  }
  return events;
}

test.beforeAll(async () => {
  server = await startReadyServer();
  await postEvents(server.url, API_KEY, postedWeek());
});
test.afterAll(() => server?.stop());

/** The rows of a table on the screen, each by the words at the heads of its columns. */
async function shownRows(page: Page, label: string): Promise<Record<string, string>[]> {
  const table = page.getByRole("table", { name: label, exact: true });
  await expect(table).toBeVisible();
  // At one moment: columns that are hidden at first go once the browser knows which were chosen.
  return table.evaluate((element) => {
    const texts = (cells: Iterable<Element>) =>
      [...cells].map((cell) => (cell.checkVisibility() ? (cell as HTMLElement).innerText.trim() : ""));
    const heads = [...element.querySelectorAll("thead th")].map((cell) => cell.textContent.trim());
    return [...element.querySelectorAll("tbody tr")].map((row) => {
      const cells = texts(row.querySelectorAll("th, td"));
      return Object.fromEntries(heads.map((head, place) => [head, cells[place] ?? ""]));
    });
  });
}

const SECONDS = wordsOf("X (seconds)");
const UNITS = [SECONDS, wordsOf("X (hours)")];

interface Answered {
  /** Column names of the API in the order of the file's columns. */
  rows: Record<string, string | number | boolean | null>[];
}

/** A number as the screen writes it, in English; nothing to show is a dash there. */
function spelled(id: string, value: number): string[] {
  if (/seconds$/i.test(id)) return value === 0 ? ["–", formatDuration(0)] : [formatDuration(value)];
  return value === 0 ? ["–", "0", "none"] : [value.toLocaleString("en")];
}

/** The file's headings beside the API's names; seconds and hours that a file gives beside a length are left out. */
function headingsOf(header: readonly string[], row: object): Map<string, string> {
  const headings = header.filter((text) => !UNITS.includes(text.replace(/.+(?= \()/, "X")));
  return new Map(
    Object.keys(row)
      .slice(0, headings.length)
      .map((id, place) => [id, headings[place]!]),
  );
}

for (const { label, page: path, api, query = "" } of TABLES) {
  test(`${label} (${path}?${query}) shows the names and numbers of the API, and the file holds them`, async ({
    browser,
  }) => {
    const page = await signedIn(browser, server.url);

    const range = api.startsWith("reports/") ? `&from=${FROM}&to=${TO}` : "";
    const address = `/api/v1/${api}?company=1&${query}${range}`;
    const answer = await page.request.get(address);
    expect(answer.status(), await answer.text()).toBe(200);
    const { rows } = (await answer.json()) as Answered;
    expect(rows.length).toBeGreaterThan(0);
    const file = parse(await (await page.request.get(`${address}&format=csv&totals=off`)).text(), {
      bom: true,
    }) as string[][];
    const headings = headingsOf(file[0]!, rows[0]!);
    expect(file).toHaveLength(rows.length + 1);

    await page.goto(`/1/${path}?${query}${range}`);
    const shown = await shownRows(page, label);
    expect(shown.length).toBeGreaterThan(0);
    let compared = 0;
    for (const [place, cells] of shown.entries()) {
      const row = rows[place]!;
      for (const [id, heading] of headings) {
        const value = row[id];
        if (id.endsWith("Name") && value !== null && cells[heading]) {
          expect(cells[heading]!.split("\n")[0]).toBe(value);
          compared += 1;
        }
        if (typeof value !== "number") continue;
        const seconds = file[0]!.indexOf(SECONDS.replace("X", heading));
        const column = seconds < 0 ? file[0]!.indexOf(heading) : seconds;
        expect(Number(file[place + 1]![column]), `${heading} in line ${place + 2} of the file`).toBe(value);
        // A column that is hidden at first has no text.
        if (!cells[heading]) continue;
        // A trend may stand below the number, and "of 3" behind it.
        const words = cells[heading]!.split("\n")[0]!;
        const [of = "", total] = / \p{L}+ (\d+)$/u.exec(words) ?? [];
        const found = words.slice(0, words.length - of.length);
        expect(
          spelled(id, value).some((text) => isTextOf(found, text) || isTextOf(words, `${text} of ${total}`)),
          `${found} for ${value}: ${heading} in row ${place + 1} of the screen`,
        ).toBe(true);
        compared += 1;
      }
    }
    expect(compared).toBeGreaterThan(0);
  });
}
