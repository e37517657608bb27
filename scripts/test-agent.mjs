import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { GO_VERSION, buildAgent, installedGo } from "./build-agent.mjs";
import { ensureBuild } from "./lib/build.mjs";
import { ensureChromium } from "./lib/chromium.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { runPackage } from "./lib/project.mjs";

// Everything that can be known about the agent without a real Windows. `--fast` leaves Wine out and shortens
// the kill test, for work on the core.
const agentFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "agent");
const isFast = process.argv.includes("--fast");
const scratch = mkdtempSync(path.join(tmpdir(), "winauthmon-agent-"));
const FUZZ_TARGETS = [
  ["config", "FuzzParse"],
  ["spool", "FuzzOpen"],
  ["spool", "FuzzCursor"],
  ["wineventlog", "FuzzParse"],
  ["event", "FuzzCleanName"],
];
const WINDOWS = { GOOS: "windows", GOARCH: "amd64", CGO_ENABLED: "0" };
const failures = [];

async function step(name, check) {
  console.log(`\n== ${name}`);
  const begun = Date.now();
  let problem;
  try {
    problem = await check();
  } catch (error) {
    problem = error.message;
  }
  if (problem) failures.push(name);
  console.log(`${problem ? `FAILED: ${problem}` : "ok"} (${((Date.now() - begun) / 1000).toFixed(1)} s)`);
}

/** Runs a program in the agent's folder; undefined when it succeeds, else what went wrong. */
function run(program, args, env = {}) {
  const result = spawnSync(program, args, {
    cwd: agentFolder,
    stdio: "inherit",
    env: { ...process.env, ...env },
  });
  if (result.error) return result.error.message;
  return result.status === 0 ? undefined : `exit code ${result.status ?? result.signal}`;
}

function findWine() {
  return ["/usr/lib/wine/wine64", "/usr/bin/wine64", "/usr/bin/wine"].find((file) => existsSync(file));
}

/** Installs what is missing where that is possible without asking: as root on Debian. */
function provide() {
  const missing = [
    ...(installedGo() ? [] : ["golang-go"]),
    ...(findWine() || isFast ? [] : ["wine64", "wine"]),
  ];
  if (missing.length === 0) return undefined;
  const canInstall = existsSync("/usr/bin/apt-get") && process.getuid?.() === 0;
  if (canInstall) {
    run("apt-get", ["update", "-q"]);
    run("apt-get", ["install", "-q", "-y", "--no-install-recommends", ...missing], {
      DEBIAN_FRONTEND: "noninteractive",
    });
  }
  if (installedGo() && (findWine() || isFast)) return undefined;
  return `missing: ${missing.join(", ")}. On Debian or Ubuntu: apt-get install ${missing.join(" ")}`;
}

function checkFormat() {
  const result = spawnSync("gofmt", ["-l", "."], { cwd: agentFolder, encoding: "utf8" });
  if (result.error) return result.error.message;
  return result.stdout.trim() ? `not formatted:\n${result.stdout}` : undefined;
}

function checkRebuild() {
  const go = installedGo();
  if (go !== GO_VERSION)
    return `the committed executable was built with ${GO_VERSION}, but ${go} is installed; can't compare the bytes`;
  const { sha256, target, version } = buildAgent(path.join(scratch, "rebuild"));
  const committed = readFileSync(path.join(agentFolder, "dist", "winagentUSM.exe"));
  if (!committed.equals(readFileSync(target)))
    return "a rebuild produces different bytes; run: node scripts/build-agent.mjs";
  const listed = readFileSync(path.join(agentFolder, "dist", "winagentUSM.exe.sha256"), "utf8");
  const expected = `${sha256}  winagentUSM.exe\n# version ${version}\n`;
  return listed === expected ? undefined : "winagentUSM.exe.sha256 doesn't match the executable";
}

function checkUnderWine() {
  const wine = {
    WINEPREFIX: path.join(scratch, "wine"),
    WINEDEBUG: "-all",
    WINEDLLOVERRIDES: "mscoree,mshtml=",
  };
  const packages = ["windows", "spool", "state", "install", "logs", "agent", "sender", "disk", "event"].map(
    (name) => `./internal/${name}`,
  );
  return run("go", ["test", "-count=1", "-p=1", "-exec", findWine(), ...packages], { ...WINDOWS, ...wine });
}

/** The portal as `npm start` would build it, a real browser, and the package it gives away. */
async function checkPackage() {
  await ensureDependencies();
  await ensureBuild();
  const env = { ...process.env, CHROMIUM_PATH: await ensureChromium() };
  const code = await runPackage(
    "@playwright/test",
    ["test", "--config", "tests/agent/playwright.config.ts"],
    { env },
  );
  return code === 0 ? undefined : `exit code ${code}`;
}

await step("Go and Wine are installed", provide);
if (failures.length === 0) {
  await step("gofmt", checkFormat);
  await step("go vet, linux", () => run("go", ["vet", "-tags", "wine portal", "./..."]));
  await step("go vet, windows", () => run("go", ["vet", "./..."], WINDOWS));
  await step("go test", () => run("go", ["test", "-count=1", ...(isFast ? ["-short"] : []), "./..."]));
  for (const [folder, target] of FUZZ_TARGETS) {
    await step(`fuzz ${folder} ${target}`, () =>
      run("go", [
        "test",
        `./internal/${folder}`,
        "-run=^$",
        `-fuzz=^${target}$`,
        `-fuzztime=${isFast ? 2 : 5}s`,
      ]),
    );
  }
  await step("a rebuild produces the committed bytes", checkRebuild);
  if (!isFast) {
    await step("the core and the Windows layer under Wine", checkUnderWine);
    await step("the service under Wine", () =>
      run("go", ["test", "-count=1", "-timeout=30m", "-tags", "wine", "-v", "./winetest"]),
    );
    await step("a package downloaded from a portal, under Wine", checkPackage);
  }
}
rmSync(scratch, { recursive: true, force: true, maxRetries: 5, retryDelay: 500 });
console.log(failures.length === 0 ? "\nAll agent checks passed." : `\nFailed: ${failures.join("; ")}`);
process.exitCode = failures.length === 0 ? 0 : 1;
