import { createHash } from "node:crypto";
import { spawnSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";

// Builds the Windows agent so that the same source and the same Go give the same bytes.
const agentFolder = path.join(path.dirname(fileURLToPath(import.meta.url)), "..", "agent");
const EXE = "winagentUSM.exe";

/** The Go the committed executable was built with; another one gives other bytes. */
export const GO_VERSION = "go1.19.8";

/** The Go that is installed, like `go1.19.8`, or null when there is none. */
export function installedGo() {
  const result = spawnSync("go", ["env", "GOVERSION"], { cwd: agentFolder, encoding: "utf8" });
  return result.status === 0 ? result.stdout.trim() : null;
}

/** Builds into a folder and returns the executable's path and SHA-256 in hex. */
export function buildAgent(folder) {
  const version = readFileSync(path.join(agentFolder, "VERSION"), "utf8").trim();
  const target = path.join(folder, EXE);
  mkdirSync(folder, { recursive: true });
  const args = [
    "build",
    "-trimpath",
    "-tags=nethttpomithttp2",
    "-buildvcs=false",
    "-ldflags",
    `-s -w -buildid= -X main.version=${version}`,
    "-o",
    target,
    "./cmd/winagentUSM",
  ];
  const env = {
    ...process.env,
    GOOS: "windows",
    GOARCH: "amd64",
    GOAMD64: "v1",
    CGO_ENABLED: "0",
    GOFLAGS: "",
    GOEXPERIMENT: "",
    GOWORK: "off",
  };
  const result = spawnSync("go", args, { cwd: agentFolder, env, stdio: "inherit" });
  if (result.status !== 0) throw new Error("go build failed");
  return { target, version, sha256: createHash("sha256").update(readFileSync(target)).digest("hex") };
}

function run() {
  const go = installedGo();
  if (!go) {
    console.error("Go isn't installed. On Debian or Ubuntu: apt-get install golang-go");
    return 1;
  }
  const folder = path.join(agentFolder, "dist");
  const { version, sha256 } = buildAgent(folder);
  // sha256sum passes over lines that begin with #; the portal reads the version there.
  writeFileSync(path.join(folder, `${EXE}.sha256`), `${sha256}  ${EXE}\n# version ${version}\n`);
  console.log(`agent/dist/${EXE} ${version} (${go}) ${sha256}`);
  if (go !== GO_VERSION)
    console.log(
      `Note: the committed executable is built with ${GO_VERSION}; this build has different bytes.`,
    );
  return 0;
}

if (process.argv[1] && import.meta.url === pathToFileURL(process.argv[1]).href) process.exitCode = run();
