import { randomUUID } from "node:crypto";
import { mkdir, readFile, rm, stat, utimes, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { root, say } from "./project.mjs";

const beatMs = 2_000;
const staleMs = 20_000;

/**
 * Runs `work` while no other process of this folder runs work of the same name.
 *
 * The holder keeps its lock file young; one that has gone old, or isn't touched while we watch, was left by a killed
 * process. The latter also finds one whose time a clock that was ahead has put into the future. Age alone decides,
 * since a process number means nothing across containers that share the folder.
 */
export async function withLock(name, work) {
  const file = path.join(root, ".cache", `${name}.lock`);
  const token = `${process.pid} ${randomUUID()}`;
  await mkdir(path.dirname(file), { recursive: true });
  await take(file, token, name);
  const heart = setInterval(() => void utimes(file, new Date(), new Date()).catch(() => {}), beatMs);
  try {
    return await work();
  } finally {
    clearInterval(heart);
    if ((await readToken(file)) === token) await rm(file, { force: true });
  }
}

async function take(file, token, name) {
  const watched = { beat: "", since: 0 };
  for (let hasSaid = false; ; hasSaid = true) {
    const isMine = await writeFile(file, token, { flag: "wx" }).then(
      () => true,
      (error) => {
        if (error.code !== "EEXIST") throw error;
        return false;
      },
    );
    if (isMine) {
      // Two that found the same stale lock may have replaced each other's; the last one stays.
      await delay(50);
      if ((await readToken(file)) === token) return;
      continue;
    }
    if (await isStale(file, watched)) await rm(file, { force: true });
    else {
      if (!hasSaid) say(`Waiting for another process to finish the ${name}`);
      await delay(250);
    }
  }
}

function readToken(file) {
  return readFile(file, "utf8").catch(() => undefined);
}

async function isStale(file, watched) {
  const found = await stat(file).catch(() => undefined);
  if (found === undefined) return false;
  const beat = `${found.ino} ${found.mtimeMs}`;
  const now = performance.now();
  if (beat !== watched.beat) Object.assign(watched, { beat, since: now });
  return Date.now() - found.mtimeMs > staleMs || now - watched.since > staleMs;
}
