import type { Compared, SeenEvent } from "./rule";

/** An event that proves a finding. */
export type Evidence = Pick<SeenEvent, "id" | "at" | "computerId">;

/** That the event is what the rule asks for. */
export interface Finding {
  /** What the alert is about, where it is not what the event names; only for rules with a memory of their own. */
  about?: Partial<Pick<SeenEvent, "accountId" | "computerId" | "siteId" | "address">>;
  /** Events before it that prove it too, oldest first. */
  before?: readonly Evidence[];
  /**
   * How many of what the alert counts there are at once, as `before` and the event itself prove: its count is the most of
   * any finding. Without it, every finding counts.
   */
  size?: number;
  compared?: Compared;
  /** What the alert's count is compared with; 1 by default. */
  threshold?: number;
}
