import { chmod, mkdir, mkdtemp, readdir, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { refreshEnv } from "@/lib/env";
import type { AppError } from "@/lib/errors";
import { clearSpool, spool } from "@/lib/export/spool";
import { readProjectFile } from "../../support/dockerfile";
import { bytesOf } from "../../support/sample-table";

const MEBIBYTE = 1024 * 1024;
let folder: string;
let temporary: string;

beforeEach(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-spool-test-"));
  temporary = path.join(folder, "tmp");
  await mkdir(temporary);
  await useDataDir(path.join(folder, "data"), true);
  vi.stubEnv("TMPDIR", temporary);
  vi.stubEnv("TEMP", temporary);
});
afterEach(async () => {
  vi.unstubAllEnvs();
  refreshEnv();
  await rm(folder, { recursive: true, force: true });
});

async function useDataDir(dataDir: string, isThere: boolean): Promise<void> {
  if (isThere) await mkdir(dataDir);
  vi.stubEnv("DATA_DIR", dataDir);
  refreshEnv();
}

const of = (reader: string) => ({ reader, lane: "1" });
const namesIn = async (where: string) => (await readdir(where).catch(() => [])).toSorted();

async function* chunks(...sizes: number[]): AsyncGenerator<Uint8Array> {
  let value = 0;
  for (const size of sizes) yield new Uint8Array(size).fill((value += 1));
}

describe("a file that waits to be sent", () => {
  it("comes back byte for byte", async () => {
    const sizes = [1, 0, 70_000, 200_000, 3];
    const file = await spool(of("user 1"), chunks(...sizes));
    const expected = await bytesOf(chunks(...sizes));
    expect((await bytesOf(file)).equals(expected)).toBe(true);
  });

  it("has a private folder and no name while it is kept", async () => {
    const file = await spool(of("user 1"), chunks(10));
    const own = path.join(folder, "data", "spool");
    expect(await namesIn(own)).toEqual([]);
    const isPrivate = process.platform === "win32" || ((await stat(own)).mode & 0o777) === 0o700;
    expect(isPrivate).toBe(true);
    expect(await namesIn(temporary)).toEqual([]);
    await bytesOf(file);
  });

  it.each([
    ["is not there", (dataDir: string) => rm(dataDir, { recursive: true })],
    ["cannot be written", (dataDir: string) => writeFile(path.join(dataDir, "spool"), "no folder")],
  ])("lies in the system's folder where DATA_DIR %s", async (_, spoil) => {
    const dataDir = path.join(folder, "data");
    await spoil(dataDir);
    const before = await namesIn(dataDir);
    const file = await spool(of("user 1"), chunks(10));
    expect((await bytesOf(file)).length).toBe(10);
    expect(await namesIn(dataDir)).toEqual(before);
    expect(await namesIn(temporary)).toEqual([]);
  });

  it("is one of four at most that a reader has not taken, however they end", async () => {
    const files = await Promise.all([1, 2, 3, 4].map(() => spool(of("user 1"), chunks(200_000))));
    const refusal = { code: "limited", retryAfterSeconds: expect.any(Number) };
    await expect(spool(of("user 1"), chunks(1))).rejects.toMatchObject(refusal);
    await bytesOf(await spool(of("user 2"), chunks(1)));
    const [read, left, broken, kept] = files;
    await bytesOf(read!);
    await left!.next();
    await left!.return(undefined);
    await broken!.next();
    await broken!.throw(new Error("gone")).catch(() => undefined);
    const failing = (async function* () {
      yield new Uint8Array(5);
      throw new Error("the rows broke off");
    })();
    await expect(spool(of("user 1"), failing)).rejects.toThrow("the rows broke off");
    const more = await Promise.all([1, 2, 3].map(() => spool(of("user 1"), chunks(1))));
    await expect(spool(of("user 1"), chunks(1))).rejects.toMatchObject(refusal);
    for (const file of [kept!, ...more]) await bytesOf(file);
  });

  it("is refused in words when it is too large", async () => {
    const endless = (async function* () {
      for (;;) yield new Uint8Array(16 * MEBIBYTE);
    })();
    const refusal = await spool(of("user 1"), endless).catch((error: AppError) => error);
    expect(refusal).toMatchObject({
      code: "invalid",
      fields: [{ field: "format", message: expect.stringContaining("Choose CSV") }],
    });
    const [size] = /\d+ MiB/.exec((refusal as AppError).message)!;
    for (const guide of ["api", "operations"]) {
      expect(readProjectFile(`docs/${guide}.md`)).toContain(size);
    }
    await bytesOf(await spool(of("user 1"), chunks(1)));
  });

  it("leaves nothing of an earlier server behind at the start", async () => {
    const left = path.join(folder, "data", "spool", "winauthmon-left");
    await mkdir(left, { recursive: true });
    await writeFile(path.join(left, "file"), "rows");
    await chmod(left, 0o700);
    await clearSpool();
    expect(await namesIn(path.join(folder, "data"))).toEqual([]);
    await clearSpool();
  });
});
