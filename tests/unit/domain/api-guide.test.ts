import { execFileSync } from "node:child_process";
import { describe, expect, it } from "vitest";
import { curlLine, operationAddress } from "@/lib/domain/api-guide";

const GET = { method: "GET", path: "/api/v1/events", opensBy: "session or key", body: null } as const;
const SERVER = "https://portal.example";

/** What a POSIX shell makes of the line. */
function wordsOf(line: string): string[] {
  const script = `curl() { for word in "$@"; do printf '%s\\n' "$word"; done; }\n${line}`;
  return execFileSync("sh", ["-c", script], {
    encoding: "utf8",
    env: { ...process.env, WINAUTHMON_KEY: "abc" },
  })
    .trimEnd()
    .split("\n");
}

describe("the line for a shell", () => {
  it("asks with the key of the environment and the parameters that have a value", () => {
    expect(wordsOf(curlLine(SERVER, GET, { company: "1", q: "anna & bert", site: "" }))).toEqual([
      "https://portal.example/api/v1/events?company=1&q=anna+%26+bert",
      "-H",
      "X-API-Key: abc",
    ]);
  });

  it("keeps a file's own name", () => {
    expect(wordsOf(curlLine(SERVER, GET, { format: "csv" }))[0]).toBe("-OJ");
    expect(wordsOf(curlLine(SERVER, GET, { format: "json" }))[0]).toMatch(/^https/);
    expect(wordsOf(curlLine(SERVER, GET, { format: "" }))[0]).toMatch(/^https/);
  });

  it("sends a body as it stands, quotes and all, and posts without one", () => {
    const post = { method: "POST", path: "/api/log_event", opensBy: "key" } as const;
    const body = `{"UserName":"o'neil $HOME \`id\`"}`;
    expect(wordsOf(curlLine(SERVER, { ...post, body }))).toEqual([
      "https://portal.example/api/log_event",
      "-H",
      "X-API-Key: abc",
      "-d",
      body,
    ]);
    expect(wordsOf(curlLine(SERVER, { ...post, body: null }))).toContain("POST");
  });

  it("shows no key where none is needed, and cannot be made to run anything by a parameter", () => {
    expect(wordsOf(curlLine(SERVER, { ...GET, opensBy: "anyone" }))).toEqual([`${SERVER}/api/v1/events`]);
    const words = wordsOf(curlLine(SERVER, GET, { q: "'; echo pwned; '" }));
    expect(words).not.toContain("pwned");
    expect(words).toHaveLength(3);
  });
});

it("the address leaves empty parameters out", () => {
  expect(operationAddress("/x", {})).toBe("/x");
  expect(operationAddress("/x", { a: "", b: "1" })).toBe("/x?b=1");
});
