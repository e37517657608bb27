/** A parameter of an operation, or a member of its answer, as the page about the API shows it. */
export interface GuideMember {
  name: string;
  /** "text", "whole number", "instant" and the like. */
  type: string;
  description: string;
  /** All there are, where it is one of a few words; none where it is free. */
  choices: readonly string[];
  /** What holds when it is left out; null for nothing. */
  usual: string | null;
  example: string | null;
}

export interface GuideOperation {
  id: string;
  method: "GET" | "POST" | "PATCH";
  path: string;
  summary: string;
  description: string;
  /** Who may ask: a session or a key, only a key, or anyone. */
  opensBy: "session or key" | "session or managing key" | "session" | "key" | "anyone";
  parameters: readonly GuideMember[];
  /** What a row of the answer has; of an agent's answer its members. */
  members: readonly GuideMember[];
  answers: readonly { status: string; description: string }[];
  /** An example of a body to send; null where none is. */
  body: string | null;
}

export interface GuideGroup {
  name: string;
  description: string;
  operations: readonly GuideOperation[];
}

/** The path with the parameters that have a value, each in its place. */
export function operationAddress(path: string, values: Readonly<Record<string, string>>): string {
  const given = Object.entries(values).filter(([, value]) => value !== "");
  const isInPath = (name: string) => path.includes(`{${name}}`);
  let filled = path;
  for (const [name, value] of given) filled = filled.replace(`{${name}}`, encodeURIComponent(value));
  const query = new URLSearchParams(given.filter(([name]) => !isInPath(name))).toString();
  return query === "" ? filled : `${filled}?${query}`;
}

/** A line for any POSIX shell; the key comes from the environment, so that no shell history contains it. */
export function curlLine(
  serverUrl: string,
  { method, path, opensBy, body }: Pick<GuideOperation, "method" | "path" | "opensBy" | "body">,
  values: Readonly<Record<string, string>> = {},
): string {
  const address = `${serverUrl}${operationAddress(path, values)}`;
  const isFile = (values.format || "json") !== "json";
  return [
    `curl ${isFile ? "-OJ " : ""}${quoted(address)}`,
    ...(opensBy === "anyone" || opensBy === "session" ? [] : ['  -H "X-API-Key: $WINAUTHMON_KEY"']),
    ...(method === "PATCH" ? ["  -X PATCH"] : []),
    ...(method !== "GET" && body !== null ? [`  -d ${quoted(body)}`] : []),
    ...(method === "POST" && body === null ? ["  -X POST"] : []),
  ].join(" \\\n");
}

function quoted(text: string): string {
  return `'${text.replaceAll("'", String.raw`'\''`)}'`;
}
