import { z } from "zod";
import { emailText, usernameText } from "./user-input";

export const registrationInput = z.object({
  username: usernameText,
  email: emailText,
  newPassword: z.string(),
});
