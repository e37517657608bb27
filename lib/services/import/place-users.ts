import {
  findNamesakes,
  findUser,
  hasUsedGlobalAdmin,
  insertImportedUser,
  replaceUser,
  type ImportedUser,
  type Namesake,
} from "@/db/queries/global/import-people";
import { loginKeyOf } from "@/db/queries/users/login-key";
import { booleanOf, integerOf, textOf, tidyLine, type SourceRow } from "@/lib/domain/import/stored-value";
import { isGlobalRole } from "@/lib/domain/permissions";
import { BUILT_IN_PASSWORD, FIRST_ADMINISTRATOR } from "../install/seed-installation";
import { sealTotpSecret, openTotpSecret } from "../mfa/totp";
import { verifyPassword } from "../passwords/hash-password";
import { PORTAL_TURN } from "../passwords/password-queue";
import { addressMarkOf, userMarksOf, type UserMarks } from "./former-runs";
import type { StructureWork } from "./import-run";
import { readPassword } from "./read-password";

const USERNAME_LIMIT = 64;
const EMAIL_LIMIT = 254;
/** Fits no password. */
const NO_PASSWORD = "none";

/**
 * Finds or makes each user; gives the new id of each old one.
 *
 * A person is whom an earlier run made of them, else the same by email address in any case, and then stays as they are
 * here, deleted too. A username that another user has gets a number: they sign in by their address as before. The first
 * administrator that this installation made for itself becomes the original's, password and all, as long as no one has
 * signed in as it or changed it.
 */
export async function placeUsers(work: StructureWork): Promise<Map<number, number>> {
  const { run, tally } = work;
  const rows = await run.database.all("app_auth_users");
  tally.read = rows.length;
  const placed = new Map<number, number>();
  const addresses = new Set<string>();
  for (const row of rows) {
    const email = tidyLine(textOf(row.email) ?? "", EMAIL_LIMIT);
    const name = textOf(row.username) ?? "";
    const key = await loginKeyOf(email, work.tx);
    if (email === "") tally.skip("has no email address", name);
    else if (addresses.has(key)) {
      tally.skip("has the same email address as another user", name);
    } else {
      addresses.add(key);
      const id = await placeUser(work, row, await readUser(work, row, email), userMarksOf(row, key));
      if (id !== null) placed.set(integerOf(row.id)!, id);
    }
  }
  return placed;
}

type ReadUser = ImportedUser & { role: string; isActive: boolean; plainSecret: string | null };

async function readUser(work: StructureWork, row: SourceRow, email: string): Promise<ReadUser> {
  const stored = textOf(row.username) ?? "";
  const username = tidyLine(stored, USERNAME_LIMIT).replaceAll("@", ".") || `user-${String(row.id)}`;
  if (username !== stored) work.tally.note("its username was tidied", `${stored} → ${username}`);
  const password = readPassword(textOf(row.password) ?? "") ?? NO_PASSWORD;
  if (password === NO_PASSWORD) work.tally.note("has no readable password; reset it", username);
  return {
    username,
    email,
    password,
    ...readStanding(work, row, username),
    ...readSecondStep(work, row, username),
    mustChangePassword:
      username.toLowerCase() === FIRST_ADMINISTRATOR.username &&
      (await verifyPassword(BUILT_IN_PASSWORD, password, PORTAL_TURN)),
  };
}

function readStanding({ tally }: StructureWork, row: SourceRow, username: string) {
  const role = textOf(row.role) ?? "";
  const isKnownRole = isGlobalRole(role);
  if (!isKnownRole) tally.note("has an unknown role; imported as User", username);
  // Originals without the column know no inactive users.
  const isActive = row.is_active === undefined || booleanOf(row.is_active);
  if (isActive === null) tally.note("is neither active nor inactive; imported as inactive", username);
  return { role: isKnownRole ? role : "User", isActive: isActive ?? false };
}

function readSecondStep({ tally }: StructureWork, row: SourceRow, username: string) {
  const plainSecret = readSecret(textOf(row.mfa_secret) ?? "");
  const isWanted = booleanOf(row.mfa_enabled) ?? false;
  if (isWanted && plainSecret === null)
    tally.note("has no readable authenticator secret; two-factor authentication is off", username);
  return {
    plainSecret,
    mfaEnabled: isWanted && plainSecret !== null,
    mfaRequired: booleanOf(row.mfa_required),
  };
}

function readSecret(stored: string): string | null {
  const secret = stored.replaceAll(/[\s=-]/g, "").toUpperCase();
  return /^[A-Z2-7]{8,}$/.test(secret) ? secret : null;
}

async function placeUser(
  work: StructureWork,
  row: SourceRow,
  user: ReadUser,
  marks: UserMarks,
): Promise<number | null> {
  const { former } = work;
  const all = [marks.password, marks.address, marks.name].filter((mark) => mark !== null);
  const knownId = all.map((mark) => former.idOf("user", mark)).find((id) => id !== undefined);
  const id =
    knownId === undefined
      ? await placeNewcomer(work, user)
      : await placeKnown(work, row, user, { marks, id: knownId });
  for (const mark of all) former.remember("user", mark, knownId ?? id);
  return id;
}

/** One whom an earlier run brought over; null for one who was deleted here since. */
async function placeKnown(
  work: StructureWork,
  row: SourceRow,
  user: ReadUser,
  { marks, id }: { marks: UserMarks; id: number },
): Promise<number | null> {
  const { tx, tally, former } = work;
  const found = await findUser(tx, id, user.username, user.email);
  if (!found) {
    tally.skip("was deleted here; stays deleted", user.username);
    return null;
  }
  const hasNewPassword = marks.password !== null && !former.has("user", marks.password);
  const isAsImported = former.has("user", addressMarkOf(row, await loginKeyOf(found.email, tx)));
  if (hasNewPassword && isAsImported && isUntouched(found, user)) {
    const others = await findNamesakes(tx, user.username, user.email);
    if (others.every((other) => other.id === id)) {
      await replaceFirst(work, id, { ...user, mfaRequired: found.mfaRequired });
      return id;
    }
  }
  tally.present += 1;
  if (!found.hasSameUsername || !found.hasSameEmail)
    tally.note("has another name or address here; unchanged", user.username);
  if (hasNewPassword) tally.note("has a new password in the original; not taken over", user.username);
  noteStanding(work, found, user);
  return id;
}

/** What was given or taken away on one side only, for the administrator to decide. */
function noteStanding({ tally }: StructureWork, found: Namesake, user: ReadUser): void {
  const label = user.email;
  if (found.role !== user.role)
    tally.note("has another global role here; unchanged", `${label}: ${user.role} → ${found.role}`);
  if (found.isActive && !user.isActive)
    tally.note("is inactive in the original, active here; unchanged", label);
  if (!found.isActive && user.isActive)
    tally.note("is active in the original, inactive here; unchanged", label);
}

/** One of whom no run knows: the user here who has the address, or a new one. */
async function placeNewcomer(work: StructureWork, user: ReadUser): Promise<number> {
  const { tx, tally } = work;
  const namesakes = await findNamesakes(tx, user.username, user.email);
  const sameAddress = namesakes.find((found) => found.hasSameEmail);
  const sameName = namesakes.find((found) => found.hasSameUsername);
  const builtIn = [sameAddress, sameName].find((found) => found && isUntouched(found, user));
  if (builtIn && namesakes.length === 1) {
    if (isSame(builtIn, user)) tally.present += 1;
    else await replaceFirst(work, builtIn.id, user);
    return builtIn.id;
  }
  if (sameAddress) {
    tally.present += 1;
    if (!sameAddress.hasSameUsername || sameAddress.password !== user.password)
      tally.note("already a user here with this email address; unchanged", user.email);
    noteStanding(work, sameAddress, user);
    return sameAddress.id;
  }
  const username = sameName ? await freeUsername({ tx }, user.username) : user.username;
  if (sameName) tally.note("its username is in use here", `${user.username} → ${username}`);
  tally.written += 1;
  return insertImportedUser(tx, columnsOf(await withoutOpenDoor(work, { ...user, username })));
}

async function replaceFirst({ tx, tally }: StructureWork, id: number, user: ReadUser): Promise<void> {
  tally.changed += 1;
  tally.note("replaced the first administrator of this installation, who never signed in", user.username);
  // The installation keeps an active global administrator whatever the original says.
  await replaceUser(tx, id, columnsOf({ ...user, role: "GlobalAdmin", isActive: true }));
}

/** A password that everybody knows opens no portal in use, whose own first administrator has got another. */
async function withoutOpenDoor({ tx, tally }: StructureWork, user: ReadUser): Promise<ReadUser> {
  if (user.role !== "GlobalAdmin" || !(await verifyPassword(BUILT_IN_PASSWORD, user.password, PORTAL_TURN)))
    return user;
  const isClosed = user.isActive && (await hasUsedGlobalAdmin(tx));
  if (isClosed) tally.note("has the built-in password; imported as inactive", user.username);
  return { ...user, mustChangePassword: true, isActive: user.isActive && !isClosed };
}

function columnsOf({ plainSecret, ...user }: ReadUser): ImportedUser {
  return { ...user, mfaSecret: plainSecret === null ? null : sealTotpSecret(plainSecret) };
}

/** The still unused administrator of a first start, while the original's is one too. */
function isUntouched(found: Namesake, user: ReadUser): boolean {
  const isFirst =
    found.username.toLowerCase() === FIRST_ADMINISTRATOR.username &&
    found.role === "GlobalAdmin" &&
    found.isActive;
  return isFirst && user.role === "GlobalAdmin" && !found.lastSignInAt && !found.passwordChangedAt;
}

function isSame(found: Namesake, user: ReadUser): boolean {
  return (
    found.hasSameUsername &&
    found.hasSameEmail &&
    found.password === user.password &&
    found.mfaEnabled === user.mfaEnabled &&
    found.mfaRequired === user.mfaRequired &&
    (found.mfaSecret === null ? null : openTotpSecret(found.mfaSecret)) === user.plainSecret
  );
}

async function freeUsername({ tx }: Pick<StructureWork, "tx">, username: string): Promise<string> {
  for (let number = 2; ; number += 1) {
    const candidate = `${tidyLine(username, USERNAME_LIMIT - 8)}-${number}`;
    const taken = await findNamesakes(tx, candidate, candidate);
    if (taken.length === 0) return candidate;
  }
}
