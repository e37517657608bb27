import { execFile } from "node:child_process";
import { accessSync, constants, existsSync } from "node:fs";
import path from "node:path";
import { promisify } from "node:util";
import { runPackage, runProgram, say, UserError } from "./project.mjs";

const run = promisify(execFile);
/** The builds without a user interface first: they need a sixth of the processor time for each new page. */
const names = [
  "chromium-headless-shell",
  "chrome-headless-shell",
  "chromium",
  "chromium-browser",
  "google-chrome-stable",
  "google-chrome",
  "microsoft-edge-stable",
  "chrome",
];
const places = {
  darwin: [
    "/Applications/Google Chrome.app/Contents/MacOS/Google Chrome",
    "/Applications/Chromium.app/Contents/MacOS/Chromium",
    "/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge",
  ],
  win32: ["ProgramFiles", "ProgramFiles(x86)", "LOCALAPPDATA"].flatMap((folder) =>
    ["Google\\Chrome\\Application\\chrome.exe", "Microsoft\\Edge\\Application\\msedge.exe"].map((file) =>
      path.win32.join(process.env[folder] ?? "C:\\", file),
    ),
  ),
};

/** The Chromium of CHROMIUM_PATH or of this computer, or undefined. Looks and installs nothing. */
export function findChromium() {
  const given = process.env.CHROMIUM_PATH;
  if (given) {
    if (isProgram(given)) return given;
    throw new UserError(`CHROMIUM_PATH is set to ${given}, which isn't an executable program.`);
  }
  const folders = (process.env.PATH ?? "").split(path.delimiter).filter(Boolean);
  const candidates = names.flatMap((name) => folders.map((folder) => path.join(folder, name)));
  return [...candidates, ...(places[process.platform] ?? [])].find(isProgram);
}

/** A Chromium for the browser tests: one that is here, the system's package, or Playwright's own download. */
export async function ensureChromium() {
  const found = findChromium() ?? (await findPlaywrights());
  if (found) return found;
  say("Chromium or Chrome not found; installing it for the browser tests");
  await installPackage();
  const installed = findChromium();
  if (installed) return installed;
  await runPackage("@playwright/test", ["install", "chromium"]);
  const downloaded = await findPlaywrights();
  if (downloaded) return downloaded;
  throw new UserError(
    "The browser tests need Chromium or Chrome, which couldn't be installed. Install it (for example: apt-get install " +
      "chromium), or set CHROMIUM_PATH to the program.",
  );
}

async function findPlaywrights() {
  const { chromium } = await import("@playwright/test");
  const file = chromium.executablePath();
  return existsSync(file) ? file : undefined;
}

/** Installs the system's Chromium with its package manager, where this account may do so unasked. */
async function installPackage() {
  const prefix = process.geteuid?.() === 0 ? [] : ["sudo", "-n"];
  if (prefix.length > 0 && !(await canRun("sudo", ["-n", "true"]))) return;
  const env = { ...process.env, DEBIAN_FRONTEND: "noninteractive" };
  const managers = [
    {
      probe: "apt-get",
      prepare: ["apt-get", "update", "-q"],
      // The first is a package of Debian, not of Ubuntu.
      installs: ["chromium-headless-shell", "chromium"].map((name) => [
        "apt-get",
        "install",
        "-q",
        "-y",
        "--no-install-recommends",
        name,
      ]),
    },
    { probe: "dnf", installs: [["dnf", "install", "-q", "-y", "chromium"]] },
    { probe: "apk", installs: [["apk", "add", "chromium"]] },
  ];
  const runs = async ([program, ...args]) => (await runProgram(program, args, { env })) === 0;
  for (const { probe, prepare, installs } of managers) {
    if (!(await canRun(probe, ["--version"]))) continue;
    if (prepare && !(await runs([...prefix, ...prepare]))) return;
    for (const install of installs) if (await runs([...prefix, ...install])) return;
    return;
  }
}

function canRun(program, args) {
  return run(program, args).then(
    () => true,
    () => false,
  );
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
