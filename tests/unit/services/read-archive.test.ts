import { createHash } from "node:crypto";
import { createWriteStream } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { pack } from "tar-stream";
import { afterAll, beforeAll, expect, it } from "vitest";
import { readArchive } from "@/lib/services/backup/read-archive";

let folder: string;
beforeAll(async () => void (folder = await mkdtemp(path.join(tmpdir(), "winauthmon-archive-"))));
afterAll(() => rm(folder, { recursive: true, force: true }));

const ROWS = "1\tone\n2\ttwo\n";
const HEADER = {
  format: "winauthmon-backup",
  formatVersion: 1,
  appVersion: "1.0.0",
  createdAt: "2026-12-01T00:00:00.000Z",
  postgresVersion: "18.1",
  migrations: [1_700_000_000_000],
  tables: [{ name: "events", columns: ["id", "name"] }],
  secretCheck: "0123456789abcdef",
};
const MANIFEST = {
  tables: [{ name: "events", rows: 2, sha256: createHash("sha256").update(ROWS).digest("hex") }],
  sequences: [{ name: "events_id_seq", lastValue: "2", isCalled: true }],
};

async function archive(...entries: [name: string, content: unknown][]): Promise<string> {
  const file = path.join(await mkdtemp(path.join(folder, "file-")), "archive.tar.gz");
  const tar = pack();
  for (const [name, content] of entries)
    tar.entry({ name }, typeof content === "string" ? content : JSON.stringify(content));
  tar.finalize();
  await pipeline(tar, createGzip(), createWriteStream(file));
  return file;
}

it("an archive is read whole, and pieces of a row anywhere are put together", async () => {
  const file = await archive(
    ["header.json", HEADER],
    ["tables/events/000001.copy", ROWS.slice(0, 3)],
    ["tables/events/000002.copy", ROWS.slice(3)],
    ["manifest.json", MANIFEST],
  );
  let rows = "";
  const read = await readArchive(
    file,
    async (table, piece) => void (rows += `${table}: ${piece.toString()}`),
  );
  expect(read).toEqual({ header: HEADER, manifest: MANIFEST, secret: null });
  expect(rows.replaceAll("events: ", "")).toBe(ROWS);
});

it.each([
  ["whose header is nothing", null, MANIFEST, "The file is not a backup of WinAuthMon."],
  ["of something else", { ...HEADER, format: "zip" }, MANIFEST, "The file is not a backup of WinAuthMon."],
  [
    "of a newer format",
    { format: HEADER.format, formatVersion: 2 },
    MANIFEST,
    "The backup was made by a newer release.",
  ],
  [
    "whose header lacks its tables",
    { ...HEADER, tables: undefined },
    MANIFEST,
    "The backup is damaged: its beginning lacks something.",
  ],
  [
    "whose header has no migration",
    { ...HEADER, migrations: [] },
    MANIFEST,
    "The backup is damaged: its beginning lacks something.",
  ],
  ["whose manifest is nothing", HEADER, null, "The backup is damaged: its end lacks something."],
  ["whose manifest is empty", HEADER, {}, "The backup is damaged: its end lacks something."],
  [
    "whose manifest doesn't list its rows",
    HEADER,
    { ...MANIFEST, tables: [] },
    "The backup is damaged: table events is missing from its list of tables.",
  ],
  [
    "whose header doesn't list its rows",
    { ...HEADER, tables: [] },
    MANIFEST,
    "The backup is damaged: table events is missing from its list of tables.",
  ],
])("an archive %s is refused in words", async (_, header, manifest, message) => {
  const file = await archive(
    ["header.json", header],
    ["tables/events/000001.copy", ROWS],
    ["manifest.json", manifest],
  );
  await expect(readArchive(file)).rejects.toMatchObject({
    code: "invalid",
    message: expect.stringContaining(message),
  });
});

it("an archive with rows of a table that its lists don't have is refused", async () => {
  const file = await archive(
    ["header.json", HEADER],
    ["tables/events/000001.copy", ROWS],
    ["tables/app_auth_users/000001.copy", "1\tintruder\n"],
    ["manifest.json", MANIFEST],
  );
  await expect(readArchive(file)).rejects.toThrow("table app_auth_users is missing from its list of tables");
});

it("an archive whose header is larger than any is refused before it is read", async () => {
  const file = await archive(["header.json", " ".repeat(16 * 1024 * 1024 + 1)]);
  await expect(readArchive(file)).rejects.toThrow("The file is not a backup of WinAuthMon.");
});
