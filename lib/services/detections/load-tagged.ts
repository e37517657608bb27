import type { Transaction } from "@/db/client";
import { listPatterns, listTagged } from "@/db/queries/tags/tags";
import type { CompanyWriteScope } from "@/db/scope";
import type { Tagged } from "@/lib/domain/detections/event-rule";
import { isAccountTag, likePattern, type Tag } from "@/lib/domain/tags";

/** Which of the company's accounts and computers have the tags that rules ask for. */
export async function loadTagged(tx: Transaction, scope: CompanyWriteScope): Promise<Tagged> {
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
    ),
    listTagged(
      tx,
      scope,
      "computers",
      patterns.filter(({ tag }) => !isAccountTag(tag)),
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
