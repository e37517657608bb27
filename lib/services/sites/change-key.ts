import type { z } from "zod";
import type { Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findSiteOfKey, lockKey, updateKey, type ApiKeyRow } from "@/db/queries/companies/keys";
import { lockSite } from "@/db/queries/companies/sites";
import { writeWithin } from "@/db/scope";
import type { ApiScope } from "@/lib/domain/api-scopes";
import { AppError } from "@/lib/errors";
import { openSeal } from "@/lib/secret-box";
import { changedFields } from "../audit/diff";
import type { CompanyContext } from "../context";
import { noSuchSite } from "./change-site";
import { addKey } from "./create-site";
import { keyAudit } from "./key-audit";
import type { keyChangeInput, keyRefInput, keyRotationInput, newKeyInput } from "./site-input";

const HOUR_MILLISECONDS = 3_600_000;
const DAY_MILLISECONDS = 24 * HOUR_MILLISECONDS;

export interface RevealedKey {
  id: number;
  /** 64 hex digits. */
  key: string;
}

/** Makes a further key for a site. */
export async function createKey(
  context: CompanyContext,
  { siteId, description, scopes, expiresInDays }: z.output<typeof newKeyInput>,
): Promise<RevealedKey> {
  const { scope } = context;
  return writeWithin(scope, async (tx) => {
    const site = await lockSite(tx, scope, siteId);
    if (!site) throw noSuchSite();
    const named = { id: siteId, name: site.name };
    return addKey(tx, context, {
      site: named,
      description: description ?? site.name,
      scopes,
      expiresAt: afterDays(expiresInDays),
    });
  });
}

/** So many days from now, or never for null. */
function afterDays(days: number | null): Date | null {
  return days === null ? null : new Date(Date.now() + days * DAY_MILLISECONDS);
}

/** Gives the digits of a key, and says so in the audit trail. @throws AppError `conflict` when AUTH_SECRET was lost. */
export async function revealKey(
  context: CompanyContext,
  { keyId }: z.output<typeof keyRefInput>,
): Promise<RevealedKey> {
  const { scope } = context;
  return writeWithin(scope, async (tx) => {
    const row = await lockKeyOr404(tx, context, keyId);
    await insertAuditRow(tx, keyAudit(context, "api-key.reveal", row));
    return { id: keyId, key: openKey(row) };
  });
}

/** The digits of a stored key. @throws AppError `conflict` when it was sealed under another AUTH_SECRET. */
export function openKey(row: Pick<ApiKeyRow, "keyEncrypted">): string {
  const opened = openSeal(row.keyEncrypted, "api-key");
  if (opened) return opened.plain;
  throw new AppError("conflict", { key: "errors.keyUnreadable" });
}

/**
 * Makes a successor with the same scopes, which expires after so many days, and lets the old key work on for so many
 * hours.
 *
 * An old key that would end sooner anyway still does. The screen proposes the days that the old key was valid for.
 */
export async function rotateKey(
  context: CompanyContext,
  { keyId, overlapHours, expiresInDays }: z.output<typeof keyRotationInput>,
): Promise<RevealedKey> {
  const { scope } = context;
  return writeWithin(scope, async (tx) => {
    // Locked before the key, as when the site is deleted, to avoid a deadlock.
    const siteId = await findSiteOfKey(tx, scope, keyId);
    const site = siteId === null ? null : await lockSite(tx, scope, siteId);
    const row = await lockKeyOr404(tx, context, keyId);
    if (!site) throw noSuchSite();
    const endsAt = new Date(Date.now() + overlapHours * HOUR_MILLISECONDS);
    const expiresAt = row.expiresAt && row.expiresAt < endsAt ? row.expiresAt : endsAt;
    await updateKey(tx, scope, keyId, { expiresAt });
    await insertAuditRow(tx, {
      ...keyAudit(context, "api-key.rotate", row),
      before: { expiresAt: row.expiresAt },
      after: { expiresAt, overlapHours },
    });
    return addKey(tx, context, {
      site: { id: site.id, name: site.name },
      replaces: { id: keyId, description: row.description, endsAt: expiresAt },
      description: row.description ?? "",
      scopes: row.scopes as ApiScope[],
      expiresAt: afterDays(expiresInDays),
    });
  });
}

/** Changes what a key is called, may do and until when it works. */
export async function changeKey(
  context: CompanyContext,
  { keyId, expiresInDays, ...fields }: z.output<typeof keyChangeInput>,
): Promise<void> {
  const { scope } = context;
  await writeWithin(scope, async (tx) => {
    const row = await lockKeyOr404(tx, context, keyId);
    const changed = changedFields(row, { ...fields, ...expiryOf(expiresInDays) });
    if (!changed) return;
    await updateKey(tx, scope, keyId, changed.after);
    await insertAuditRow(tx, { ...keyAudit(context, "api-key.update", row), ...changed });
  });
}

/** Nothing to change for an absent or empty number, else the new expiry: none for 0. */
function expiryOf(days: number | null | undefined): { expiresAt?: Date | null } {
  if (days === null || days === undefined) return {};
  return { expiresAt: afterDays(days === 0 ? null : days) };
}

/** Refuses the agents that carry the key, at once and on every server, until it is enabled again. */
export async function disableKey(
  context: CompanyContext,
  { keyId }: z.output<typeof keyRefInput>,
): Promise<void> {
  await switchKey(context, keyId, false);
}

/** Lets a disabled key work again; one that has expired stays expired. */
export async function enableKey(
  context: CompanyContext,
  { keyId }: z.output<typeof keyRefInput>,
): Promise<void> {
  await switchKey(context, keyId, true);
}

async function switchKey(context: CompanyContext, keyId: number, isActive: boolean): Promise<void> {
  const { scope } = context;
  await writeWithin(scope, async (tx) => {
    const row = await lockKeyOr404(tx, context, keyId);
    if (row.isActive === isActive) return;
    await updateKey(tx, scope, keyId, { isActive });
    await insertAuditRow(tx, {
      ...keyAudit(context, isActive ? "api-key.enable" : "api-key.disable", row),
      before: { isActive: row.isActive },
      after: { isActive },
    });
  });
}

/** Deletes a key: it is unknown at once, on every server. */
export async function deleteKey(
  context: CompanyContext,
  { keyId }: z.output<typeof keyRefInput>,
): Promise<void> {
  const { scope } = context;
  await writeWithin(scope, async (tx) => {
    const row = await lockKeyOr404(tx, context, keyId);
    await updateKey(tx, scope, keyId, { deletedAt: new Date(), isActive: false });
    await insertAuditRow(tx, keyAudit(context, "api-key.delete", row));
  });
}

async function lockKeyOr404(tx: Transaction, { scope }: CompanyContext, keyId: number): Promise<ApiKeyRow> {
  const row = await lockKey(tx, scope, keyId);
  if (!row) throw new AppError("not_found", { key: "errors.keyNotFound" });
  return row;
}
