import { operatorActor } from "@/lib/services/audit/actor";
import { checkSeals, sealWarning, spellCounts } from "@/lib/services/secrets/check-seals";
import { rotateSecret, type Rotation } from "@/lib/services/secrets/rotate-secret";
import type { Answer, Command } from "./command";
import { stopSignal } from "../stop-signal";

const ROTATION_BEGIN: Record<Rotation["secret"], string> = {
  made: "A new secret is in the data folder.",
  resumed: "Continuing the rotation that was started before.",
  given: "Using AUTH_SECRET from the configuration.",
};

async function rotate(): Promise<Answer> {
  const signal = stopSignal();
  const rotation = await rotateSecret(operatorActor("command line"), { signal });
  const unreadable = spellCounts(rotation.counts, "unreadable");
  const end = rotation.isFinished
    ? rotation.secret === "given"
      ? "AUTH_SECRET_PREVIOUS is no longer needed: remove it and restart the servers. Users then have to sign in again."
      : "The previous secret is deleted, and users have to sign in again. Keep a copy of the new auth-secret, separately from the backups."
    : "The rotation isn't finished, and the previous secret is kept. Run the command again.";
  return {
    json: rotation,
    text: [
      ROTATION_BEGIN[rotation.secret],
      `${rotation.resealed.toLocaleString("en")} values encrypted again.`,
      end,
      ...(unreadable ? [`Left unchanged, because no current secret decrypts them: ${unreadable}.`] : []),
    ].join("\n"),
    isFailure: !rotation.isFinished || unreadable !== "",
  };
}

async function checkSecret(): Promise<Answer> {
  const counts = await checkSeals();
  const warning = sealWarning(counts);
  const total = counts.reduce((sum, count) => sum + count.total, 0);
  return {
    json: { counts },
    text: warning ?? `All ${total.toLocaleString("en")} encrypted values open with AUTH_SECRET.`,
    isFailure: warning !== null,
  };
}

/** Commands for AUTH_SECRET and what is sealed under it. */
export const SECRETS: Readonly<Record<string, Command>> = {
  "rotate-secret": {
    usage: "rotate-secret",
    purpose: "encrypt stored secrets with a new AUTH_SECRET while the portal runs",
    tellsOfSecrets: true,
    run: rotate,
  },
  "check-secret": {
    usage: "check-secret",
    purpose: "check that stored secrets open with AUTH_SECRET, and list what needs AUTH_SECRET_PREVIOUS",
    tellsOfSecrets: true,
    run: checkSecret,
  },
};
