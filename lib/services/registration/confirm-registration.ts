import { database } from "@/db/client";
import { deletePendingOf, findPendingRegistration } from "@/db/queries/mail/pending-registrations";
import { AppError } from "@/lib/errors";
import { tokenDigestOf } from "../mail/queue-mail";
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

/**
 * Makes the account of a registration whose address is now proved; it stays inactive until an administrator activates
 * it. The link works once, and not while registration is off.
 *
 * @throws AppError `not_found` for a link that does not work; `conflict` for an address that may not register any more,
 * which keeps the link.
 */
export async function confirmRegistration(token: string, address: string): Promise<void> {
  const found = await findPendingRegistration(tokenDigestOf(token));
  if (!found || !(await readSettings()).allowRegistration) throw linkIsOver();
  const { username, email, password } = found;
  if (!(await mayRegister(email))) throw new AppError("conflict", { key: "errors.addressRefused" });
  const isMade = await insertRegistered({ username, email, password }, address, (tx) =>
    deletePendingOf(tx, email),
  );
  if (isMade) return;
  // The address got an account by another way meanwhile.
  await database().transaction((tx) => deletePendingOf(tx, email));
  throw linkIsOver();
}
