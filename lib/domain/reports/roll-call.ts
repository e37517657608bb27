import { z } from "zod";
import { STRETCH_KINDS } from "../time-spent/stretch-machine";
import { sortWordsOf } from "./columns";
import { momentParam } from "./moment";
import type { Report } from "./report";
import { reportQueryShape } from "./report-query";
import {
  accountsWords,
  countBySite,
  countRollCall,
  rollCallColumns,
  sessionsWords,
  STATE_LABEL,
  statesWords,
  type RollCallCount,
  type RollCallRow,
} from "./roll-call-columns";
import { momentAsked } from "./who-was-on";

const NO_MATTER = "Of no matter here: the moment is given by at.";

export const rollCallQuery = z.object({
  ...reportQueryShape,
  range: reportQueryShape.range.meta({ description: NO_MATTER }),
  from: reportQueryShape.from.meta({ description: NO_MATTER }),
  to: reportQueryShape.to.meta({ description: NO_MATTER }),
  at: momentParam.optional(),
  site: reportQueryShape.site.meta({
    description: "The id of a site: only sessions that began under its key.",
  }),
  state: z
    .enum(STRETCH_KINDS)
    .optional()
    .meta({ description: "Only sessions in this state: active, locked or uncertain." }),
  sort: z
    .enum(sortWordsOf(rollCallColumns(true)))
    .default("siteName")
    .meta({
      description:
        "A column; with - before it the other way round. Equal rows stand by company, site, account and computer.",
    }),
});
export type RollCallQuery = z.output<typeof rollCallQuery>;

export const rollCallReport: Report<RollCallQuery, RollCallRow> = {
  name: "roll-call",
  title: "Roll call",
  summary:
    "Everybody with an open session at a moment, by site: on which computer, since when and in which state.",
  query: rollCallQuery,
  range: (query, now, zone) => {
    const at = momentAsked(query, now, zone);
    return { from: at, to: at };
  },
  columns: (_, { isManyCompanies }) => rollCallColumns(isManyCompanies),
  filterWords: ({ state }) => (state ? [`State: ${STATE_LABEL[state]}`] : []),
  totals: (rows) => [
    ...countBySite(rows).map((site) => ({
      company: site.companyName,
      siteName: `Total of ${site.siteName}`,
      ...countCells(site),
    })),
    { siteName: "Total", ...countCells(countRollCall(rows)) },
  ],
  hasTickBoxes: true,
};

function countCells(count: RollCallCount) {
  return {
    userName: accountsWords(count.accounts),
    computerName: sessionsWords(count.sessions),
    state: statesWords(count),
  };
}
