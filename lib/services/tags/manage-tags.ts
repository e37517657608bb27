import type { z } from "zod";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { lockCompany } from "@/db/queries/companies/company";
import { findNamed } from "@/db/queries/events/match-names";
import {
  deletePattern,
  insertPattern,
  listPatterns,
  writeHandTag,
  type TaggedTable,
} from "@/db/queries/tags/tags";
import { writeWithin } from "@/db/scope";
import { TAG_TEXT, type Tag } from "@/lib/domain/tags";
import type {
  accountTagsForm,
  computerTagsForm,
  patternForm,
  patternRef,
  TAG_CHOICES,
} from "@/lib/domain/tag-form";
import { inEnglish } from "@/lib/english";
import { AppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import { companyAudit } from "../audit/company-audit";
import type { CompanyContext } from "../context";

const MOST_PATTERNS = 200;

/** @throws AccessDenied; AppError `invalid` for a pattern that the tag has; `conflict` when there are 200. */
export async function addPattern(
  context: CompanyContext,
  { tag, pattern }: z.output<typeof patternForm>,
): Promise<{ patternId: number }> {
  const { actor, scope } = context;
  assertCan(actor, "alerts:manage", scope);
  return writeWithin(scope, async (tx) => {
    await lockCompany(tx, scope);
    if ((await listPatterns(tx, scope)).length >= MOST_PATTERNS) {
      throw new AppError("conflict", { key: "alertErrors.patternsFull", values: { max: MOST_PATTERNS } });
    }
    const patternId = await insertPattern(tx, scope, { tag, ...pattern });
    if (patternId === null) {
      const message = { key: "alertErrors.patternListed" } as const;
      throw new AppError("invalid", message, [{ field: "pattern", message }]);
    }
    await insertAuditRow(tx, {
      ...companyAudit(context, "tag.pattern-create", "tag", { id: tag, name: inEnglish(TAG_TEXT[tag]) }),
      after: { pattern: pattern.pattern },
    });
    return { patternId };
  });
}

/** @throws AccessDenied; AppError `not_found`. */
export async function removePattern(
  context: CompanyContext,
  { patternId }: z.output<typeof patternRef>,
): Promise<void> {
  const { actor, scope } = context;
  assertCan(actor, "alerts:manage", scope);
  await writeWithin(scope, async (tx) => {
    const gone = await deletePattern(tx, scope, patternId);
    if (!gone) throw new AppError("not_found", { key: "alertErrors.patternGone" });
    await insertAuditRow(tx, {
      ...companyAudit(context, "tag.pattern-delete", "tag", {
        id: gone.tag,
        name: inEnglish(TAG_TEXT[gone.tag as Tag] ?? gone.tag),
      }),
      before: { pattern: gone.pattern },
    });
  });
}

type Choice = (typeof TAG_CHOICES)[number];
const HAS_TAG: Readonly<Record<Choice, boolean | null>> = { pattern: null, yes: true, no: false };

/** Gives an account tags by hand, takes them, or leaves them to the patterns. @throws AccessDenied; AppError `not_found`. */
export function changeAccountTags(
  context: CompanyContext,
  { accountId, ...choices }: z.output<typeof accountTagsForm>,
): Promise<void> {
  return changeTags(context, "accounts", accountId, choices);
}

/** The same for a computer. */
export function changeComputerTags(
  context: CompanyContext,
  { computerId, ...choices }: z.output<typeof computerTagsForm>,
): Promise<void> {
  return changeTags(context, "computers", computerId, choices);
}

async function changeTags(
  context: CompanyContext,
  table: TaggedTable,
  id: number,
  choices: Partial<Record<Tag, Choice>>,
): Promise<void> {
  const { actor, scope } = context;
  assertCan(actor, "alerts:manage", scope);
  await writeWithin(scope, async (tx) => {
    await lockCompany(tx, scope);
    const [named] = await findNamed(tx, scope, table, [id]);
    if (!named) throw new AppError("not_found", { key: "alertErrors.taggedMissing" });
    for (const [tag, choice] of Object.entries(choices)) {
      await writeHandTag(tx, scope, table, { id, tag, hasTag: HAS_TAG[choice] });
    }
    await insertAuditRow(tx, {
      ...companyAudit(context, "tag.update", table === "accounts" ? "account" : "computer", { id }),
      // A person's name does not stay in the trail.
      ...(table === "computers" && { targetName: named.name }),
      after: choices,
    });
  });
}
