import { tokenDigestOf } from "@/lib/services/mail/queue-mail";
import {
  confirmRegistration,
  type RegistrationProof,
} from "@/lib/services/registration/confirm-registration";
import { assertNotUsedUp, guess, type Limit } from "../rate-limit/limiter";
import { isWrongGuess } from "./guess-password";
import { withLink } from "./with-link";

/**
 * Confirms a registration within the limits that passwords have at sign-in, counted by its link: only with the link
 * can they be used up. @throws AppError `limited`; else what confirmRegistration throws.
 */
export function guessRegistration(proof: RegistrationProof): Promise<void> {
  const { token, address } = proof;
  const ofLink: Limit[] = [["sign-in-account", { tokenDigest: tokenDigestOf(token) }]];
  const afterwards: Limit[] = [["sign-in-address", { address }]];
  const work = () => confirmRegistration(proof, () => assertNotUsedUp(afterwards));
  return withLink(address, () => guess(ofLink, isWrongGuess, work, afterwards));
}
