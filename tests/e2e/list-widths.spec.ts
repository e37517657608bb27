import { connect } from "@/db/client";
import { expect, signedIn, test, type Page } from "../support/journey";
import { OWN_LANGUAGES } from "../support/english-journeys";
import { startPopulatedPortal, type PopulatedPortal } from "../support/portal-people";
import { dayBack, eventBack, postEvents } from "../support/posted-events";

/** A common laptop, with the sidebar open. */
const LAPTOP = { viewport: { width: 1280, height: 900 }, locale: "en-US" };

/** The lists of all companies, which have a column more than those of one. */
const LISTS = [
  "accounts",
  "computers",
  "sites",
  "members",
  "alerts",
  "events?range=7d",
  ...["account", "computer", "address", "reason"].map((group) => `failures?range=7d&group_by=${group}`),
  "logons?range=7d",
  "time-spent?range=7d",
  "time-spent?range=7d&per=range",
  "time-spent?range=7d&group_by=user_computer",
  `who-was-on/roll-call?at=${dayBack(2)}T09:15Z`,
  "who-was-on/concurrent?range=7d",
  "overview?range=7d",
  "audit",
];

let portal: PopulatedPortal;

test.beforeAll(async () => {
  portal = await startPopulatedPortal();
  for (const { key } of [portal.own, portal.other]) {
    await postEvents(portal.server.url, key, [
      ...day("xenia.fischer", "RAD-WS005"),
      ...day("svc.print", "NWT-DESK"),
      ...day("quinn.baker63", "DUB-RDS01"),
      // On two computers at once.
      eventBack("Logon", "svc.print", "WHS-WS018", 2, "09:00:00"),
      eventBack("Logoff", "svc.print", "WHS-WS018", 2, "09:40:00"),
    ]);
  }
  await putAlerts();
});
test.afterAll(() => portal?.stop());

/** A day of work, with failed logons before, in names as the demo's. */
function day(user: string, computer: string) {
  const wrong = { SourceIP: "203.0.113.127", SubStatus: "0xC000006A" };
  return [
    ...["07:58:01", "07:58:09"].map((time) => eventBack("4625", user, computer, 2, time, wrong)),
    eventBack("Logon", user, computer, 2, "08:00:12"),
    eventBack("Lock", user, computer, 2, "12:01:40"),
    eventBack("Unlock", user, computer, 2, "12:44:03"),
    eventBack("Logoff", user, computer, 2, "20:15:30"),
  ];
}

/** An alert of a short and one of a long rule, which need not wait for the rules to run. */
async function putAlerts(): Promise<void> {
  const sql = connect(portal.databaseUrl, { max: 1 });
  await sql.unsafe(`
    insert into alerts (company_id, rule, subject_key, key_event_id, severity, state, account_id, address, first_at, since_at,
        last_at, count, threshold, window_minutes, event_ids, account_ids, computer_ids, is_late)
      select ${portal.own.id}, rule, 'account:' || account.id, account.id, 'medium', 'acknowledged', account.id,
        '203.0.113.127', now(), now(), now(), 15, 5, 10, '{1}', '{1}', '{1}', true
      from accounts account, (values ('password-guessing'), ('unusable-account')) of_rule (rule)
      where account.company_id = ${portal.own.id}`);
  await sql.end();
}

/** By how many pixels the page's list is wider than its frame, or why that can't be said yet. */
async function excess(page: Page): Promise<number | string> {
  return page.evaluate(async () => {
    await document.fonts.ready;
    const frame = document.querySelector("[data-slot=data-table] > [data-scroll]");
    if (!frame?.querySelector("[data-row-id]")) return "no row";
    return frame.scrollWidth - frame.clientWidth;
  });
}

test(
  "no list of all companies needs to be scrolled sideways on a laptop",
  OWN_LANGUAGES,
  async ({ browser }) => {
    const page = await signedIn(browser, portal.server.url, "globaladmin", LAPTOP);
    for (const list of LISTS) {
      await page.goto(`/all/${list}`);
      // What only a page that still settles shows is gone at the next look.
      await expect.poll(() => excess(page), { message: list }).toBe(0);
    }
    await page.context().close();
  },
);
