import { installationState, takeUntold } from "@/lib/services/install/installation-state";
import { unusedFirstSignIn } from "@/lib/services/install/seed-installation";

/** Before the installation is closed: what a program has done may have changed the first sign-in. */
export async function lookAtFirstSignIn(): Promise<void> {
  const { untold } = installationState;
  // Of a database that can't be asked any more, what was made at first is the best that is known.
  if (untold) untold.signIn = await unusedFirstSignIn().catch(() => untold.signIn);
}

/** The first program to open an empty installation creates its first administrator and key, and prints them once. */
export function tellOfFirstStart(): void {
  const untold = takeUntold();
  if (!untold) return;
  const { signIn, apiKey } = untold;
  const password = signIn?.builtInPassword ?? "the one in INITIAL_ADMIN_PASSWORD";
  const parts = [
    "This installation is new.",
    ...(signIn ? [`First sign-in: ${signIn.username}, password ${password}.`] : []),
    ...(apiKey ? [`First API key: ${apiKey}`] : []),
  ];
  process.stderr.write(`${parts.join(" ")}\n`);
}
