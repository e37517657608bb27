import type { ProofRequest } from "@/lib/domain/step-up";
import type { LiveSession } from "@/lib/services/auth/sessions";

/** Asked for a password or code again before something goes on; no failure, and nothing has been done. */
export class ProofNeeded extends Error {
  constructor(readonly request: ProofRequest) {
    super("A proof of identity is needed.");
  }
}

/** @throws ProofNeeded when the session's last proof is older than ten minutes. */
export function assertFreshProof({ hasFreshProof, username, mfaEnabled }: LiveSession): void {
  if (!hasFreshProof) throw new ProofNeeded({ username, hasCode: mfaEnabled });
}
