import type { Transaction } from "@/db/client";
import { listPatterns, listTagged } from "@/db/queries/tags/tags";
import type { CompanyWriteScope } from "@/db/scope";
import type { Tagged } from "@/lib/domain/detections/event-rule";
import type { SeenEvent } from "@/lib/domain/detections/rule";
import { isAccountTag, likePattern, type Tag } from "@/lib/domain/tags";

/** Of whom tags are asked. */
export interface AskedOf {
  accountIds: readonly number[];
  computerIds: readonly number[];
}

/** Whom events name. */
export function namedIn(events: readonly Pick<SeenEvent, "accountId" | "computerId">[]): AskedOf {
  return {
    accountIds: [...new Set(events.map(({ accountId }) => accountId))],
    computerIds: [...new Set(events.map(({ computerId }) => computerId))],
  };
}

/**
 * Which of the company's accounts and computers have the tags that rules ask for; of all, or only of these. A batch of
 * events asks only of whom it names: it costs the same however many names the company has.
 */
export async function loadTagged(
  tx: Transaction,
  scope: CompanyWriteScope,
  of: AskedOf | "all",
): Promise<Tagged> {
  const patterns = (await listPatterns(tx, scope)).map(({ tag, patternKey }) => ({
    tag: tag as Tag,
    like: likePattern(patternKey),
    // One with a backslash says which domain it means.
    isWhole: patternKey.includes("\\"),
  }));
  const [accounts, computers] = await Promise.all([
    listTagged(
      tx,
      scope,
      "accounts",
      patterns.filter(({ tag }) => isAccountTag(tag)),
      of === "all" ? null : of.accountIds,
    ),
    listTagged(
      tx,
      scope,
      "computers",
      patterns.filter(({ tag }) => !isAccountTag(tag)),
      of === "all" ? null : of.computerIds,
    ),
  ]);
  const idsOf = (rows: typeof accounts, tag: Tag) =>
    new Set(rows.filter((row) => row.tag === tag).map(({ id }) => id));
  return {
    serviceAccounts: idsOf(accounts, "service-account"),
    administrators: idsOf(accounts, "administrator"),
    administratorsComputers: idsOf(computers, "administrators-computer"),
  };
}
