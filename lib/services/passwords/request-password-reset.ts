import { database } from "@/db/client";
import { AppError } from "@/lib/errors";
import { emailText } from "@/lib/domain/user-input";
import { canMailPersons } from "../mail/mail-pool";
import { queueMail } from "../mail/queue-mail";

/** How long a link works that a person asked for on the sign-in page. */
export const RESET_REQUEST_MINUTES = 60;

/**
 * Takes a request for a new password. Whether the address has an account is looked up when the mail is sent, so that
 * neither the answer nor its time tells it.
 *
 * @throws AppError `not_found` while mail is not set up; `invalid` naming the field.
 */
export async function requestPasswordReset(typed: string): Promise<void> {
  if (!canMailPersons()) throw new AppError("not_found", { key: "errors.mailOff" });
  const parsed = emailText.safeParse(typed);
  if (!parsed.success) {
    const message = parsed.error.issues[0]!.message;
    throw new AppError("invalid", message, [{ field: "email", message }]);
  }
  await database().transaction(async (tx) => {
    await queueMail(tx, { kind: "password-reset", params: {}, userId: null, address: parsed.data });
  });
}
