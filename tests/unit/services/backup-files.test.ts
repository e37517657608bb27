import { mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { backupFileName, listBackups, pruneBackups } from "@/lib/services/backup/backup-files";

let parent: string;
beforeAll(async () => void (parent = await mkdtemp(path.join(tmpdir(), "winauthmon-backups-"))));
afterAll(() => rm(parent, { recursive: true, force: true }));

const scheduled = (at: string) => backupFileName(new Date(`${at}Z`), { isScheduled: true });

async function folderOf(...names: string[]): Promise<string> {
  const folder = await mkdtemp(path.join(parent, "kept-"));
  for (const name of names) await writeFile(path.join(folder, name), "x");
  return folder;
}

/** The days of the backups that stay, newest first. */
async function daysLeft(folder: string): Promise<string[]> {
  return (await listBackups(folder)).map(({ createdAt }) => new Date(createdAt).toISOString().slice(0, 10));
}

it("a backup gives way to newer ones beyond the number kept, and to nothing else in the folder", async () => {
  const days = [1, 2, 3, 4, 5].map((day) => scheduled(`2026-01-0${day}T00:00`));
  const asked = backupFileName(new Date(Date.UTC(2025, 0, 1)), { isScheduled: false });
  const others = ["notes.txt", "download.part", asked];
  const parts = [true, false].map((isScheduled) => `${backupFileName(new Date(), { isScheduled })}.part`);
  const folder = await folderOf(...days, ...others, ...parts);
  expect(await pruneBackups(folder, 3, path.join(folder, days[4]!))).toBe(2);
  expect((await readdir(folder)).toSorted()).toEqual([...days.slice(2), ...others].toSorted());
});

it("after a clock that was ahead, the new backups stay and give way to one another", async () => {
  const folder = await folderOf(...[1, 2, 3].map((day) => scheduled(`2031-01-0${day}T01:00`)));
  for (const day of [1, 2, 3, 4]) {
    const made = scheduled(`2026-12-0${day}T01:00`);
    await writeFile(path.join(folder, made), "x");
    expect(await pruneBackups(folder, 3, path.join(folder, made))).toBe(day > 3 ? 1 : 0);
    expect(await readdir(folder)).toContain(made);
  }
  const ahead = ["2031-01-03", "2031-01-02", "2031-01-01"];
  expect(await daysLeft(folder)).toEqual([...ahead, "2026-12-04", "2026-12-03", "2026-12-02"]);
});

it("counts and deletes backups named by a clock that was ahead like any other when their time has come", async () => {
  const folder = await folderOf(scheduled("2026-12-04T01:00"), scheduled("2031-01-01T01:00"));
  const made = scheduled("2031-01-02T01:00");
  await writeFile(path.join(folder, made), "x");
  expect(await pruneBackups(folder, 2, path.join(folder, made))).toBe(1);
  expect(await daysLeft(folder)).toEqual(["2031-01-02", "2031-01-01"]);
});

it("by a clock that is behind, no backup of the right time is deleted", async () => {
  const right = [1, 2, 3].map((day) => scheduled(`2026-12-0${day}T01:00`));
  const folder = await folderOf(...right, scheduled("2020-01-01T01:00"), scheduled("2020-01-02T01:00"));
  const made = scheduled("2020-01-03T01:00");
  await writeFile(path.join(folder, made), "x");
  expect(await pruneBackups(folder, 2, path.join(folder, made))).toBe(1);
  expect((await readdir(folder)).toSorted()).toEqual([scheduled("2020-01-02T01:00"), made, ...right]);
});

it("a backup named by a clock that is a little ahead of this one stays beside the new one", async () => {
  const other = scheduled("2026-12-01T01:02");
  const made = scheduled("2026-12-01T01:00");
  const folder = await folderOf(scheduled("2026-11-30T01:00"), other, made);
  expect(await pruneBackups(folder, 1, path.join(folder, made))).toBe(1);
  expect((await readdir(folder)).toSorted()).toEqual([made, other]);
});
