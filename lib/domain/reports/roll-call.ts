import { z } from "zod";
import type { Text } from "../text";
import { STRETCH_KINDS } from "../time-spent/stretch-machine";
import { sortWordsOf } from "./columns";
import { momentParam } from "./moment-param";
import { filterText } from "./filter-text";
import type { Report } from "./report";
import { reportQueryShape, withoutRange, sortParam } from "./report-query";
import {
  accountsText,
  countBySite,
  countRollCall,
  rollCallColumns,
  sessionsText,
  STATE_TEXT,
  statesText,
  type RollCallCount,
  type RollCallRow,
} from "./roll-call-columns";
import { momentAsked } from "./who-was-on";

export const rollCallQuery = z.object({
  ...reportQueryShape,
  ...withoutRange,
  at: momentParam.optional(),
  site: reportQueryShape.site.meta({
    description: "The ID of a site: only sessions that started under its key.",
  }),
  state: z
    .enum(STRETCH_KINDS)
    .optional()
    .meta({ description: "Only sessions in this state: active, locked, or uncertain." }),
  sort: sortParam(sortWordsOf(rollCallColumns(true)), "siteName", "by company, site, account, and computer"),
});
export type RollCallQuery = z.output<typeof rollCallQuery>;

const TOTAL: Text = { key: "reports.total" };

function totalOf(site: string): Text {
  return { key: "reports.totalOfSite", values: { site } };
}

export const rollCallReport: Report<RollCallQuery, RollCallRow> = {
  name: "roll-call",
  title: "reports.rollCallTitle",
  screen: { page: "who-was-on/roll-call" },
  apiSummary:
    "Everyone with an open session at a given time, by site, with the computer, the state, and since when.",
  query: rollCallQuery,
  range: (query, now, zone) => {
    const at = momentAsked(query, now, zone);
    return { from: at, to: at };
  },
  columns: (_, { isManyCompanies }) => rollCallColumns(isManyCompanies),
  filterWords: ({ state }) => (state ? [filterText("reportColumns.state", { key: STATE_TEXT[state] })] : []),
  totals: (rows) => [
    ...countBySite(rows).map((site) => ({
      company: site.companyName,
      siteName: totalOf(site.siteName),
      ...countCells(site),
    })),
    { siteName: TOTAL, ...countCells(countRollCall(rows)) },
  ],
  hasTickBoxes: true,
};

function countCells(count: RollCallCount) {
  return {
    userName: accountsText(count.accounts),
    computerName: sessionsText(count.sessions),
    state: statesText(count),
  };
}
