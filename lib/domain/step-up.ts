/** For so long a password or code that was given counts as proof of who sits there. */
export const PROOF_MINUTES = 10;

/**
 * Services that require step-up authentication: no action or route may call one without `stepUp`, nor a service that
 * calls one, which a test checks. The agent package, read keys and the command line are exempt.
 */
export const STEP_UP_SERVICES = [
  // Making a GlobalAdmin; other roles need no proof.
  "createUser",
  "setGlobalRole",
  // Another's address, to which links for a password go.
  "updateAccount",
  // Secrets: making, revealing and rotating them, and what a key may do and until when; its description needs no proof.
  "createKey",
  "changeKey",
  "rotateKey",
  "revealKey",
  "rotateSecret",
  // Another user's sign-in.
  "resetPassword",
  "resetMfa",
  "signUserOut",
  "resendInvitation",
  // The own second step. Those whose form asks for a code of the present app are proved by that code.
  "confirmMfa",
  "disableMfa",
  "renewRecoveryCodes",
  // The data of a person or of a company.
  "eraseAccount",
  "purgeCompany",
  "deleteCompany",
] as const;

/** What a form needs to ask for the proof. */
export interface ProofRequest {
  /** For password managers. */
  username: string;
  /** A code of the authenticator app counts as well as the password. */
  hasCode: boolean;
}
