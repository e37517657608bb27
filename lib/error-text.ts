const MAX_MESSAGE = 2_000;
const MAX_STACK = 8_000;

/**
 * Drizzle puts a failed query's parameters into its message: hashes, keys, names, and what people wrote, in several
 * lines. They come last, so nothing tells where they end, and whatever follows goes with them.
 */
const PARAMETERS = /\nparams: [^]*$/;
const HIDDEN_PARAMETERS = "\nparams: [hidden]";

/** A failed query of Drizzle, also of the other bundle's copy. */
function isFailedQuery(error: Error): error is Error & { query: string } {
  return "params" in error && "query" in error && typeof error.query === "string";
}

function withoutSecrets(text: string): string {
  return text
    .replaceAll(/\b[0-9a-f]{64}\b/gi, "[64 hex digits]")
    .replaceAll(/(postgres(?:ql)?:\/\/[^:/\s]*):[^@\s]*@/gi, "$1:[hidden]@");
}

function withoutParameters(error: Error): string {
  if (isFailedQuery(error)) return `Failed query: ${error.query}${HIDDEN_PARAMETERS}`;
  return (error.message || error.name).replace(PARAMETERS, HIDDEN_PARAMETERS);
}

/** The stack of one error: the text that it begins with, which holds the message, without parameters. */
function ownStackOf(error: Error): string {
  const message = withoutParameters(error);
  const stack = error.stack ?? "";
  const at = error.message === "" ? -1 : stack.indexOf(error.message);
  // A message that was changed since leaves no way to tell parameters from calls.
  if (at >= 0) return stack.slice(0, at) + message + stack.slice(at + error.message.length);
  const isPlain = stack !== "" && !isFailedQuery(error) && !PARAMETERS.test(stack);
  return isPlain ? stack : `${error.name}: ${message}`;
}

/** Text as PostgreSQL can store it: well-formed and without NUL. */
export function storableText(text: string): string {
  return Buffer.from(text, "utf8").toString("utf8").replaceAll("\0", "");
}

/** An error's message, fit for a log: no query parameters, keys or database passwords, at most 2,000 characters. */
export function messageOf(error: unknown): string {
  const text =
    error instanceof Error ? withoutParameters(error) : String(error).replace(PARAMETERS, HIDDEN_PARAMETERS);
  return withoutSecrets(text).slice(0, MAX_MESSAGE);
}

/** The stack with those of its causes, under the same rules; null for what is not an Error. */
export function stackOf(error: unknown): string | null {
  const stacks: string[] = [];
  for (let cause: unknown = error; cause instanceof Error && stacks.length < 5; cause = cause.cause) {
    stacks.push(withoutSecrets(ownStackOf(cause)));
  }
  return stacks.length > 0 ? stacks.join("\ncaused by ").slice(0, MAX_STACK) : null;
}
