import { takeUntold } from "@/lib/services/install/installation-state";

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
