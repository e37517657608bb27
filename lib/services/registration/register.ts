import { z } from "zod";
import { database } from "@/db/client";
import { insertPendingRegistration } from "@/db/queries/mail/pending-registrations";
import { emailText, usernameText } from "@/lib/domain/user-input";
import { AppError } from "@/lib/errors";
import { canMailPersons } from "../mail/mail-pool";
import { queueMail } from "../mail/queue-mail";
import { recordFailure } from "../audit/record-failure";
import { assertPasswordAllowed } from "../passwords/assert-password-allowed";
import { hashPassword } from "../passwords/hash-password";
import { readSettings } from "../settings/read-settings";
import { mayRegister } from "./may-register";
import { insertRegistered, type NewAccount } from "./insert-registered";

const registrationInput = z.object({
  username: usernameText,
  email: emailText,
  newPassword: z.string(),
});

/** How long the link that confirms an address works. */
const CONFIRM_HOURS = 24;

/**
 * Takes a registration. Where mail is set up, the account is made once its address is confirmed by a link; it stays
 * inactive until an administrator activates it.
 *
 * The answer is the same, after the same work, whether or not the address has an account. A username that is taken
 * gets a number behind it, which administrators see; the address signs in as well.
 * @throws AppError `not_found` while registration is off; `invalid` naming the field.
 */
export async function register(
  input: Record<keyof z.input<typeof registrationInput>, string>,
  address: string,
): Promise<void> {
  const { allowRegistration } = await readSettings();
  if (!allowRegistration) throw new AppError("not_found", { key: "errors.registrationOff" });
  const { username, email, newPassword } = parse(input);
  if (!(await mayRegister(email))) {
    throw new AppError("invalid", { key: "errors.addressRefused" }, [
      { field: "email", message: { key: "errors.domainNotAllowed" } },
    ]);
  }
  await assertPasswordAllowed(newPassword, { username, email }, "newPassword");
  const password = await hashPassword(newPassword, { asker: `address ${address}`, isKnown: false });
  if (canMailPersons()) return askToConfirm({ username, email, password });
  if (await insertRegistered({ username, email, password }, address)) return;
  const after = { reason: "the address has an account", email };
  await recordFailure({ actorUserId: null, actorName: null, address, action: "user.register", after });
}

function parse(input: Record<string, string>): z.output<typeof registrationInput> {
  const parsed = registrationInput.safeParse(input);
  if (parsed.success) return parsed.data;
  const fields = parsed.error.issues.map((issue) => ({
    field: String(issue.path[0]),
    message: issue.message,
  }));
  throw new AppError("invalid", { key: "errors.checkFields" }, fields);
}

/** Whether the address has an account is looked up when the mail is sent: its owner is told so instead. */
async function askToConfirm({ username, email, password }: NewAccount): Promise<void> {
  const expiresAt = new Date(Date.now() + CONFIRM_HOURS * 3_600_000);
  await database().transaction(async (tx) => {
    const mail = {
      kind: "confirm-registration" as const,
      params: { username },
      userId: null,
      address: email,
    };
    const { tokenDigest } = await queueMail(tx, { ...mail, expiresAt });
    await insertPendingRegistration(tx, { tokenDigest, username, email, password, expiresAt });
  });
}
