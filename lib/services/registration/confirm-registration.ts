import { database } from "@/db/client";
import { deletePendingOf, findPendingRegistration } from "@/db/queries/mail/pending-registrations";
import { AppError } from "@/lib/errors";
import { recordFailure } from "../audit/record-failure";
import { tokenDigestOf } from "../mail/queue-mail";
import { verifyPassword } from "../passwords/hash-password";
import type { HashTurn } from "../passwords/password-queue";
import { readSettings } from "../settings/read-settings";
import { insertRegistered } from "./insert-registered";
import { mayRegister } from "./may-register";

function linkIsOver(): AppError {
  return new AppError("not_found", { key: "errors.registrationLinkExpired" });
}

/** The address that an open link confirms, without using the link; null when it is unknown, used or expired. */
export async function readRegistration(token: string): Promise<{ username: string; email: string } | null> {
  const found = await findPendingRegistration(tokenDigestOf(token));
  return found && { username: found.username, email: found.email };
}

/** The link of the mail and the password of the registration, sent from a client's address. */
export interface RegistrationProof {
  token: string;
  password: string;
  address: string;
}

/**
 * Makes the account of a registration whose address is now proved; it stays inactive until an administrator activates
 * it. The link works once, and not while registration is off. The password is asked for because anybody can register
 * the address of another person, who would confirm an account with a password that a stranger knows.
 *
 * @throws AppError `not_found` for a link that does not work; `conflict` for an address that may not register any more,
 * and `invalid` on `password` for another one than that of the registration, both of which keep the link.
 */
export async function confirmRegistration(
  { token, password: typed, address }: RegistrationProof,
  assertWanted?: HashTurn["assertWanted"],
): Promise<void> {
  const found = await findPendingRegistration(tokenDigestOf(token));
  if (!found || !(await readSettings()).allowRegistration) throw linkIsOver();
  const { username, email, password } = found;
  if (!(await mayRegister(email))) throw new AppError("conflict", { key: "errors.addressRefused" });
  const turn = { asker: `address ${address}`, isKnown: false, assertWanted };
  if (!(await verifyPassword(typed, password, turn))) return refuseWrong(email, address);
  const isMade = await insertRegistered({ username, email, password }, address, (tx) =>
    deletePendingOf(tx, email),
  );
  if (isMade) return;
  // The address got an account by another way meanwhile.
  await database().transaction((tx) => deletePendingOf(tx, email));
  throw linkIsOver();
}

async function refuseWrong(email: string, address: string): Promise<never> {
  const actor = { actorUserId: null, actorName: null, address };
  await recordFailure({ ...actor, action: "user.register", after: { reason: "wrong", email } });
  throw new AppError("invalid", { key: "errors.passwordRefused" }, [
    { field: "password", message: { key: "errors.registrationPasswordWrong" } },
  ]);
}
