/** What stands around a list of all companies. */
export interface AllCompaniesFrame<Query> {
  query: Query;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  ignored: string[];
  /** Those where the viewer has the right, to hold the list to one. */
  companies: { id: number; name: string }[];
  /** The one that the list is held to by `only=`; null for all, and for one that is not among them. */
  only: number | null;
}
