import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** Writes that stand alone on purpose, by the service that also writes audit rows. */
const ALONE: Record<string, readonly string[]> = {
  // Deletes in short pieces, with audit rows before and after.
  "lib/services/retention/run-retention.ts": ["deleteOldErrors", "removeOldAuditRows"],
  // When a session was last seen is no change that anybody made.
  "lib/services/auth/sessions.ts": ["touchSession"],
};

interface Source {
  file: string;
  text: string;
}

function sourcesBelow(folder: string): Source[] {
  return readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => file.endsWith(".ts"))
    .map((file) => ({ file: `${folder}/${file}`, text: readFileSync(`${folder}/${file}`, "utf8") }));
}

const WRITES = /\.(insert|update|delete)\(|\b(insert into|update \w+\s+set|delete from)\b/;

/** Exported functions that write on a connection of their own, so that no caller can put them into a transaction. */
function writersApart({ text }: Source): string[] {
  return text
    .split(/^export /m)
    .filter((part) => WRITES.test(part) && /database\(\)/.test(part))
    .map((part) => /^async function (\w+)/.exec(part)?.[1])
    .filter((name) => name !== undefined);
}

const apart = new Set(sourcesBelow("db/queries").flatMap(writersApart));
const audited = sourcesBelow("lib/services").filter(({ text }) =>
  /\b(insertAuditRow|recordUserChange)\(/.test(text),
);

it("finds what it judges", () => {
  expect(apart).toContain("noteJob");
  expect(audited.map(({ file }) => file)).toContain("lib/services/jobs/read-jobs.ts");
});

it.each(audited)("$file writes and audits in one transaction", ({ file, text }) => {
  const used = [...apart].filter((name) => new RegExp(`\\b${name}\\(`).test(text)).toSorted();
  expect(used).toEqual(ALONE[file] ?? []);
});
