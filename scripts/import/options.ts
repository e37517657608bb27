import { parseArgs } from "node:util";

/** Incorrect use of the command line: the exit code is 2. */
export class UsageError extends Error {}

const OPTIONS = {
  timezone: { type: "string" },
  company: { type: "string" },
  "dry-run": { type: "boolean" },
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
} as const;

export type Options = ReturnType<typeof readOptions>["values"];

function readOptions(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });
}

/** The source and the options. @throws UsageError for an unknown option or a second source. */
export function parseCommandLine(args: string[]) {
  let read: ReturnType<typeof readOptions>;
  try {
    read = readOptions(args);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  const { positionals, values } = read;
  if (positionals.length > 1) {
    throw new UsageError(
      `Specify only one source; “${positionals[1]}” is a second one. Put names with spaces in quotes.`,
    );
  }
  return { source: positionals[0], values };
}
