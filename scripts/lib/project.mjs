import "./check-node.cjs";
import { spawn } from "node:child_process";
import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { readdir, readFile, stat } from "node:fs/promises";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder. Scripts work in it, wherever they were called from. */
export const root = path.resolve(fileURLToPath(import.meta.url), "../../..");

/** A problem the reader can solve; it is printed without a stack. */
export class UserError extends Error {}

let isOutputKept = false;

/** Sends progress, and the output of programs we run, to standard error: the answer alone belongs on standard output. */
export function keepStandardOutput() {
  isOutputKept = true;
}

/** Prints one line of progress. */
export function say(text) {
  (isOutputKept ? process.stderr : process.stdout).write(`[winauthmon] ${text}\n`);
}

/** Runs a script's main function and turns a failure into a message and exit code 1. */
export async function main(run) {
  process.chdir(root);
  forwardSignals();
  if (process.env.npm_lifecycle_event) endWithNpm();
  try {
    await run();
  } catch (error) {
    const text = error instanceof UserError ? error.message : fileErrorText(error ?? {});
    console.error(text === undefined ? error : `[winauthmon] ${text}`);
    process.exit(1);
  }
}

const FILE_ERRORS = {
  EACCES: "this user may not write there",
  EPERM: "this user may not write there",
  EROFS: "the file system is read-only",
  ENOSPC: "the disk is full",
};

/** Words for what keeps a lock, a build or the packages from being written; undefined for any other error. */
function fileErrorText({ code, path: file }) {
  const why = FILE_ERRORS[code];
  if (!why || typeof file !== "string" || !file.startsWith(root + path.sep)) return undefined;
  return (
    `Can't write ${file}: ${why}. The first start, and the first after an update, installs and builds in ${root}: ` +
    "run this command once as a user who may write there."
  );
}

const children = new Set();

/** Passes signals on to the programs we run, which we then outlive by a moment only. */
function forwardSignals() {
  for (const [signal, code] of Object.entries({ SIGINT: 130, SIGTERM: 143, SIGHUP: 129 })) {
    process.on(signal, () => {
      for (const child of children) child.kill(signal);
      // A server running in this process listens for itself.
      if (children.size === 0 && process.listenerCount(signal) === 1) process.exit(code);
    });
  }
}

/**
 * Ends this process when npm ends. npm hands a SIGTERM to the shell between us only, which dies and leaves
 * us behind: the port would stay taken by an unseen server.
 */
function endWithNpm() {
  const before = ancestors();
  const timer = setInterval(() => {
    const now = ancestors();
    // Short of descriptors only the parent's id is known, and that is no reason to end.
    if (now.parent === before.parent && (now.npm ?? before.npm) === before.npm) return;
    clearInterval(timer);
    process.kill(process.pid, "SIGTERM");
  }, 500);
  timer.unref();
}

/** The ids of the shell and of npm above it; npm is undefined while its id cannot be read. */
function ancestors() {
  const parent = process.ppid;
  try {
    // "pid (name) state parent …": the shell's parent is npm, and a SIGKILL of npm leaves the shell alive.
    const shell = readFileSync(`/proc/${parent}/stat`, "utf8");
    return { parent, npm: shell.slice(shell.lastIndexOf(")")).split(" ")[2] };
  } catch (error) {
    return { parent, npm: error.code === "ENOENT" ? "" : undefined };
  }
}

/**
 * Runs a program in the project's folder with our own input and output, and gives its exit code, 1 when a
 * signal ended it. Signals to this process reach it.
 */
export function runProgram(program, args, options = {}) {
  return new Promise((resolve, reject) => {
    const stdio = isOutputKept ? ["inherit", 2, "inherit"] : "inherit";
    const child = spawn(program, args, { cwd: root, stdio, ...options });
    children.add(child);
    child.once("error", (error) => {
      children.delete(child);
      reject(error);
    });
    child.once("exit", (code) => {
      children.delete(child);
      resolve(code ?? 1);
    });
  });
}

/** Runs the command of an installed package under this Node. */
export function runPackage(name, args, options = {}) {
  const folder = path.join(root, "node_modules", name);
  const { bin } = JSON.parse(readFileSync(path.join(folder, "package.json"), "utf8"));
  const relative = typeof bin === "string" ? bin : (bin[path.basename(name)] ?? Object.values(bin)[0]);
  return runProgram(process.execPath, [path.join(folder, relative), ...args], options);
}

/** A digest over the names and contents of files and folders; what does not exist counts as absent. */
export async function digestOf(names) {
  const hash = createHash("sha256");
  for (const file of await listFiles(names))
    hash.update(`${file}\0`).update(await readFile(path.join(root, file)));
  return hash.digest("hex");
}

async function listFiles(names) {
  const found = await Promise.all(
    names.map(async (name) => {
      const kind = await stat(path.join(root, name)).catch(() => undefined);
      if (!kind) return [];
      if (!kind.isDirectory()) return [name];
      const entries = await readdir(path.join(root, name), { recursive: true, withFileTypes: true });
      // Node 20.9 calls parentPath path.
      const full = (entry) => path.join(entry.parentPath ?? entry.path, entry.name);
      return entries.filter((entry) => entry.isFile()).map((entry) => path.relative(root, full(entry)));
    }),
  );
  return found.flat().sort();
}
