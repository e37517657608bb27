import { loginKeyOf } from "@/db/queries/users/login-key";
import { loginTextOf } from "@/lib/domain/login";

/** Rate-limit key of an address, the same for all spellings. All invalid addresses share one. */
export async function mailRecipientOf(typed: string): Promise<{ loginKey: string }> {
  const text = loginTextOf(typed);
  return { loginKey: text === null ? "" : await loginKeyOf(text) };
}
