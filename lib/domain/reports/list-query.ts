import { reportQueryShape } from "./report-query";

/** What the lists of accounts and computers can be asked for; unlike reports they are held to no range by default. */
export const listQueryShape = {
  ...reportQueryShape,
  range: reportQueryShape.range.meta({
    description: "Only what was seen in these whole local days, as far as first and last sighting tell.",
  }),
} as const;

export const SORT_WORDS =
  "A column; with - before it the other way round. Equal rows stand by company and number.";
