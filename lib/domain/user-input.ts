import { z } from "zod";
import { isSingleScript } from "./single-script";

/** As the column is wide; the original allowed 20 characters. */
const MAX_USERNAME = 64;
const MAX_EMAIL = 254;

/**
 * A username: letters, digits, dot, hyphen and underscore, beginning with a letter or digit.
 *
 * Its letters belong to one script, so that no name can pass for another's; look-alike widths and ligatures are folded
 * (NFKC). Never an @, since one signs in by username or e-mail address and nobody may take another's address for a name.
 */
export const usernameText = z
  .string("Enter a username.")
  .trim()
  .min(1, "Enter a username.")
  .max(MAX_USERNAME, `Use at most ${MAX_USERNAME} characters.`)
  .normalize("NFKC")
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u, "Use letters, digits, dots, hyphens and underscores.")
  .refine((name) => !/\p{DI}/u.test(name), "Remove the invisible characters.")
  .refine(isSingleScript, "Use letters of one alphabet. This name mixes letters that look alike.");

/** An e-mail address as typed, without surrounding blanks. */
export const emailText = z
  .string("Enter an e-mail address.")
  .trim()
  .max(MAX_EMAIL, `Use at most ${MAX_EMAIL} characters.`)
  .pipe(z.email("Enter an e-mail address such as name@example.com."));
