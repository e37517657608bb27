import { COMMANDS } from "./commands";

/** What `npm run admin -- --help` prints: every command with its options and purpose. */
export function helpText(): string {
  const width = Math.max(...Object.values(COMMANDS).map(({ usage }) => usage.length));
  const lines = Object.values(COMMANDS).map(({ usage, purpose }) => `  ${usage.padEnd(width)}  ${purpose}`);
  return `Administers this installation. The server may be running or stopped.

  npm run admin -- <command> [options]

${lines.join("\n")}

  --json   print only one JSON object; \`npm run -s admin\` also hides npm's own lines

C is a company's ID or name, or "portal" in the commands for channels, subscriptions, and deliveries. Errors go to
standard error. Exit codes: 0 success, 1 failure, 2 incorrect usage.
`;
}
