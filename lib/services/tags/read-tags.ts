import { listHandTags, listNameKeys, listPatterns, type TaggedTable } from "@/db/queries/tags/tags";
import { readWithin, type CompanyWriteScope } from "@/db/scope";
import type { Transaction } from "@/db/client";
import { can } from "@/lib/domain/permissions";
import {
  ACCOUNT_TAGS,
  COMPUTER_TAGS,
  tagsOf,
  type HandTag,
  type Tag,
  type TagPattern,
} from "@/lib/domain/tags";
import type { TAG_CHOICES } from "@/lib/domain/tag-form";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";

export interface TagsScreen {
  patterns: { id: number; tag: Tag; pattern: string }[];
  /** Given or taken by hand, by name. */
  byHand: { table: TaggedTable; id: number; name: string; tag: Tag; hasTag: boolean }[];
  mayManage: boolean;
}

/** The company's patterns, and what was tagged by hand. @throws AccessDenied. */
export async function readTagsScreen({ actor, scope }: CompanyContext): Promise<TagsScreen> {
  assertCan(actor, "alerts:read", scope);
  return readWithin(scope, async (tx) => {
    const [patterns, accounts, computers] = await Promise.all([
      listPatterns(tx, scope),
      listHandTags(tx, scope, "accounts"),
      listHandTags(tx, scope, "computers"),
    ]);
    const view = (table: TaggedTable, rows: typeof accounts) =>
      rows.map(({ id, name, tag, hasTag }) => ({ table, id, name, tag: tag as Tag, hasTag }));
    return {
      patterns: patterns.map(({ id, tag, pattern }) => ({ id, tag: tag as Tag, pattern })),
      byHand: [...view("accounts", accounts), ...view("computers", computers)],
      mayManage: can(actor, "alerts:manage", scope),
    };
  });
}

/** One account's or computer's tags, and what was chosen for each by hand. */
export interface TagsOfOne {
  tags: Tag[];
  choices: { tag: Tag; choice: (typeof TAG_CHOICES)[number] }[];
}

/** The tags of one account or computer as they are now; none for one that is not there. */
export async function readTagsOf(
  scope: CompanyWriteScope,
  table: TaggedTable,
  id: number,
): Promise<TagsOfOne> {
  return readWithin(scope, async (tx) => {
    const [patterns, byHand] = await loadRules(tx, scope, table);
    const named = await listNameKeys(tx, scope, table, [id]);
    const tags: readonly Tag[] = table === "accounts" ? ACCOUNT_TAGS : COMPUTER_TAGS;
    const own = byHand.get(id) ?? [];
    return {
      tags: named.flatMap(({ nameKey }) => tagsOf(nameKey, tags, patterns, own)),
      choices: tags.map((tag) => {
        const hand = own.find((one) => one.tag === tag);
        return { tag, choice: hand === undefined ? "pattern" : hand.hasTag ? "yes" : "no" };
      }),
    };
  });
}

/** The company's patterns, and what was chosen by hand for each account or computer. */
async function loadRules(
  tx: Transaction,
  scope: CompanyWriteScope,
  table: TaggedTable,
): Promise<[TagPattern[], Map<number, HandTag[]>]> {
  const [patterns, rows] = await Promise.all([listPatterns(tx, scope), listHandTags(tx, scope, table)]);
  const byHand = new Map<number, HandTag[]>();
  for (const { id, tag, hasTag } of rows) {
    byHand.set(id, [...(byHand.get(id) ?? []), { tag: tag as Tag, hasTag }]);
  }
  return [patterns.map((one) => ({ ...one, tag: one.tag as Tag })), byHand];
}
