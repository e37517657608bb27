import { operatorActor } from "@/lib/services/audit/actor";
import { checkSeals, sealWarning, spellCounts } from "@/lib/services/secrets/check-seals";
import { rotateSecret, type Rotation } from "@/lib/services/secrets/rotate-secret";
import type { Answer, Command } from "./command";

const ROTATION_BEGIN: Record<Rotation["secret"], string> = {
  made: "A new secret stands in the data folder.",
  resumed: "The rotation that was begun before goes on.",
  given: "Sealed under AUTH_SECRET as the configuration gives it.",
};

async function rotate(): Promise<Answer> {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  const rotation = await rotateSecret(operatorActor("command line"), { signal: stop.signal });
  const unreadable = spellCounts(rotation.counts, "unreadable");
  const end = rotation.isFinished
    ? rotation.secret === "given"
      ? "Nothing needs AUTH_SECRET_PREVIOUS any more: remove it and restart the servers. Then people sign in anew."
      : "The previous secret is deleted, and people sign in anew. Keep a copy of the new auth-secret, apart from the backups."
    : "It is not finished, and the previous secret is kept. Run it again.";
  return {
    json: rotation,
    text: [
      ROTATION_BEGIN[rotation.secret],
      `${rotation.resealed.toLocaleString("en")} values are sealed anew.`,
      end,
      ...(unreadable ? [`Left as they are, as no secret in force opens them: ${unreadable}.`] : []),
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
    text: warning ?? `All ${total.toLocaleString("en")} sealed values open with AUTH_SECRET.`,
    isFailure: warning !== null,
  };
}

/** Commands for AUTH_SECRET and what is sealed under it. */
export const SECRETS: Readonly<Record<string, Command>> = {
  "rotate-secret": {
    usage: "rotate-secret",
    purpose: "seals stored secrets under a new AUTH_SECRET while the portal runs",
    tellsOfSecrets: true,
    run: rotate,
  },
  "check-secret": {
    usage: "check-secret",
    purpose: "tells whether stored secrets open with AUTH_SECRET, and what needs AUTH_SECRET_PREVIOUS",
    tellsOfSecrets: true,
    run: checkSecret,
  },
};
