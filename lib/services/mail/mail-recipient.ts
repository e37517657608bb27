import { loginKeyOf } from "@/db/queries/users/login-key";
import { loginTextOf } from "@/lib/domain/login";

/** Under which mails to an address are counted, however it is spelled; what is no address counts as one. */
export async function mailRecipientOf(typed: string): Promise<{ loginKey: string }> {
  const text = loginTextOf(typed);
  return { loginKey: text === null ? "" : await loginKeyOf(text) };
}
