import { z } from "zod";
import { isSingleScript } from "./single-script";
import { issue } from "./text";

/** As the column is wide; the original allowed 20 characters. */
const MAX_USERNAME = 64;
const MAX_EMAIL = 254;

/**
 * A username: letters, digits, dot, hyphen and underscore, beginning with a letter or digit.
 *
 * Its letters belong to one script, so that no name can pass for another's; look-alike widths and ligatures are folded
 * (NFKC). Never an @: people sign in by username or email address, and no one may use another's address as a name.
 */
export const usernameText = z
  .string(issue("errors.usernameMissing"))
  .trim()
  .min(1, issue("errors.usernameMissing"))
  .normalize("NFKC")
  .max(MAX_USERNAME, issue("errors.tooLong", { max: MAX_USERNAME }))
  .regex(/^[\p{L}\p{N}][\p{L}\p{M}\p{N}._-]*$/u, issue("errors.usernameCharacters"))
  .refine((name) => !/\p{DI}/u.test(name), issue("errors.usernameInvisible"))
  .refine(isSingleScript, issue("errors.usernameScripts"));

/** An email address as typed, without surrounding blanks. */
export const emailText = z
  .string(issue("errors.emailMissing"))
  .trim()
  .max(MAX_EMAIL, issue("errors.tooLong", { max: MAX_EMAIL }))
  .pipe(z.email(issue("errors.emailWrong")));
