import { mkdtemp } from "node:fs/promises";
import { hostname, tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { afterAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { tryJobLock } from "@/db/job-lock";
import { portalScope, writeWithin } from "@/db/scope";
import { refreshEnv } from "@/lib/env";
import { notify } from "@/lib/services/notifications/notify";
import { watchPortalJob } from "@/lib/services/watch/watch-portal-job";
import { diskFeeder, tellDisk } from "@/lib/services/watch/watch-disk";
import { setSettings } from "../../support/aged-records";
import { eventually } from "../../support/notifying";
import { provideOwnDatabase } from "../../support/own-database";
import { sentencesIn, toldIn } from "../../support/told";

provideOwnDatabase();

const GIB = 1024 ** 3;
const before = process.env.DATA_DIR;
beforeEach(async () => {
  await setSettings({ timeZone: "UTC" });
  await database().execute(sql`delete from notifications`);
});
afterAll(() => {
  if (before === undefined) delete process.env.DATA_DIR;
  else process.env.DATA_DIR = before;
  refreshEnv();
});

const tell = (host: string, freeGib: number) =>
  tellDisk({ host, path: "/data", totalBytes: 100 * GIB, freeBytes: freeGib * GIB });
const open = async () =>
  (await toldIn(0)).filter((one) => one.ended_at === null).map(({ subject }) => subject);

describe("a disk that is nearly full", () => {
  it("is told once with its server, until there is clearly room again, and says how much is free now", async () => {
    for (const free of [50, 4, 3, 5.5]) await tell("alpha", free);
    expect(await sentencesIn(0)).toEqual([
      ["disk.nearly-full", "The disk of /data on server alpha is nearly full: 5.5 of 100 GiB are free."],
    ]);
    await tell("alpha", 40);
    expect(await open()).toEqual([]);
    await tell("alpha", 1);
    expect(await toldIn(0)).toHaveLength(2);
  });

  it("of one server is not taken for well because another has room, nor told again", async () => {
    for (const free of [4, 3, 2]) {
      await tell("alpha", free);
      await tell("beta", 60);
    }
    expect(await open()).toEqual(["host:alpha path:/data"]);
    expect(await toldIn(0)).toHaveLength(1);
    await tell("beta", 3);
    await tell("alpha", 60);
    expect(await open()).toEqual(["host:beta path:/data"]);
  });

  it("ends a day after its server was last there, also one that an earlier version told", async () => {
    await tell("gone", 3);
    await tell("here", 3);
    const scope = portalScope();
    const params = { path: "/data", freeBytes: GIB, totalBytes: 100 * GIB };
    await writeWithin(scope, (tx) => notify(tx, scope, "disk.nearly-full", params));
    await database().execute(sql`
      update notifications set created_at = now() - interval '25 hours',
        params = params || jsonb_build_object('confirmedAt', now() - interval '25 hours')
      where subject <> 'path:/data'`);
    await database().execute(sql`
      update notifications set created_at = now() - interval '25 hours' where subject = 'path:/data'`);
    await tell("here", 3);
    await watchPortalJob(async () => []).run(new AbortController().signal);
    expect(await open()).toEqual(["host:here path:/data"]);
  });

  it.each([
    ["15 minutes ago and another reports the same folder, stays", "/data", 15, ["old", "new"]],
    ["31 minutes ago and another reports the same folder, ends", "/data", 31, ["new"]],
    ["31 minutes ago and another reports another folder, stays", "/other", 31, ["old", "new"]],
  ])("whose server last looked %s", async (_, folder, minutes, left) => {
    await tellDisk({ host: "old", path: folder, totalBytes: 100 * GIB, freeBytes: GIB });
    await database().execute(sql`
      update notifications set created_at = now() - interval '2 hours',
        params = params || jsonb_build_object('confirmedAt', now() - make_interval(mins => ${minutes}))`);
    await tell("new", 3);
    const paths: Record<string, string> = { old: folder, new: "/data" };
    expect(await open()).toEqual(left.map((host) => `host:${host} path:${paths[host]!}`));
    await tell("new", 60);
    const old = left.filter((host) => host === "old");
    expect(await open()).toEqual(old.map((host) => `host:${host} path:${folder}`));
  });
});

it("Each server looks at its own disk, whichever has the lock of the job", async () => {
  const folder = await mkdtemp(path.join(tmpdir(), "winauthmon-disk-"));
  process.env.DATA_DIR = folder;
  refreshEnv();
  const scope = portalScope();
  const params = { host: hostname(), path: folder, freeBytes: 1, totalBytes: GIB };
  await writeWithin(scope, (tx) => notify(tx, scope, "disk.nearly-full", params));
  const lock = (await tryJobLock("watch-portal"))!;
  await diskFeeder.feed();
  // The disk of this machine may be nearly full or not.
  await eventually("the disk was looked at", async () => {
    const [told] = await toldIn(0);
    return told!.ended_at !== null || told!.params.confirmedAt !== undefined;
  });
  await lock.release();
  expect(await toldIn(0)).toHaveLength(1);
});
