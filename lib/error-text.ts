const MAX_MESSAGE = 2_000;
const MAX_STACK = 8_000;

/** Drizzle puts a failed query's parameters into its message: hashes, keys and names that no log may hold. */
const QUERY_PARAMETERS = /\nparams: [^\n]*/g;

function withoutSecrets(text: string): string {
  return text
    .replace(QUERY_PARAMETERS, "\nparams: [hidden]")
    .replace(/\b[0-9a-f]{64}\b/gi, "[64 hex digits]")
    .replace(/(postgres(?:ql)?:\/\/[^:/\s]*):[^@\s]*@/gi, "$1:[hidden]@");
}

/** Text as PostgreSQL can store it: well-formed and without NUL. */
export function storableText(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8").replaceAll("\0", "");
}

/** An error's message, fit for a log: no query parameters, keys or database passwords, at most 2,000 characters. */
export function messageOf(error: unknown): string {
  const text = error instanceof Error ? error.message || error.name : String(error);
  return withoutSecrets(text).slice(0, MAX_MESSAGE);
}

/** The stack with those of its causes, under the same rules; null for what is not an Error. */
export function stackOf(error: unknown): string | null {
  const stacks: string[] = [];
  for (let cause: unknown = error; cause instanceof Error && stacks.length < 5; cause = cause.cause) {
    stacks.push(withoutSecrets(cause.stack ?? `${cause.name}: ${cause.message}`));
  }
  return stacks.length > 0 ? stacks.join("\ncaused by ").slice(0, MAX_STACK) : null;
}
