/** How much is looked at before another way to the same events is taken. The answer never depends on it. */
export interface Effort {
  /** Events looked at in the order of time, whether they match or not, before a way by another index is chosen. */
  windowRows: number;
  /** So many events may be looked at one by one where an index leads to no fewer. */
  narrowRows: number;
  /** Of more names than this the list is left to the database. */
  listedNames: number;
  /** So many runs of an index are each read to the page's length; of more, only as far as the page can reach. */
  shortList: number;
}

/** Each step well under a tenth of a second on two cores. */
export const USUAL_EFFORT: Effort = {
  windowRows: 20_000,
  narrowRows: 50_000,
  listedNames: 2_000,
  shortList: 16,
};
