import { text } from "node:stream/consumers";
import { parseArgs } from "node:util";
import type { z } from "zod";
import { inEnglish } from "@/lib/english";

/** Incorrect use of the command line: the exit code is 2. */
export class UsageError extends Error {}

const OPTIONS = {
  json: { type: "boolean" },
  help: { type: "boolean", short: "h" },
  yes: { type: "boolean" },
  "password-stdin": { type: "boolean" },
  password: { type: "string" },
  username: { type: "string" },
  user: { type: "string" },
  email: { type: "string" },
  name: { type: "string" },
  description: { type: "string" },
  company: { type: "string" },
  site: { type: "string" },
  scopes: { type: "string" },
  "older-than-days": { type: "string" },
  to: { type: "string" },
  type: { type: "string" },
  url: { type: "string" },
  secret: { type: "string" },
  channel: { type: "string" },
  kinds: { type: "string" },
  force: { type: "boolean" },
  "with-secret": { type: "boolean" },
  "no-verify": { type: "boolean" },
  "as-copy": { type: "boolean" },
} as const;

export type Options = ReturnType<typeof readOptions>["values"];

function readOptions(args: string[]) {
  return parseArgs({ args, options: OPTIONS, allowPositionals: true, strict: true });
}

/** The words that aren't options: the command, then its operands. @throws UsageError for an unknown option. */
export function parseCommandLine(args: string[]): { words: string[]; values: Options } {
  try {
    const { positionals, values } = readOptions(args);
    return { words: positionals, values };
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}

/** Input as the forms of the portal check it. @throws UsageError that names each bad option. */
export function checked<Schema extends z.ZodType>(schema: Schema, input: object): z.output<Schema> {
  const parsed = schema.safeParse(input);
  if (parsed.success) return parsed.data;
  const lines = parsed.error.issues.map(
    ({ path, message }) => `--${String(path[0] ?? "")}: ${inEnglish(message)}`,
  );
  throw new UsageError(lines.join("\n"));
}

/** The password from standard input or the command line (visible to anyone who lists processes); undefined without either. */
export async function passwordOf(options: Options): Promise<string | undefined> {
  if (!options["password-stdin"]) return options.password;
  return (await text(process.stdin)).replace(/\r?\n$/, "");
}
