import { mkdir, readdir, readFile, rm, writeFile } from "node:fs/promises";
import path from "node:path";
import checkNode from "./check-node.cjs";
import { withLock } from "./lock.mjs";
import { packStatic } from "./pack-static.mjs";
import { writePseudoLocale } from "./pseudo-locale.mjs";
import { digestOf, root, runPackage, say, UserError } from "./project.mjs";

const sources = ["components", "db", "lib", "messages", "server.ts", "tsconfig.json", "package-lock.json"];
const pageSources = [
  ...sources,
  "app",
  "public",
  "middleware.ts",
  "instrumentation.ts",
  "instrumentation-client.ts",
  "next.config.ts",
  "postcss.config.mjs",
  "scripts/lib/catalog-loader.cjs",
];
/** What the pages were built from. Without it they are built anew. */
export const pagesStamp = path.join(root, ".next", "winauthmon-sources");
const programsStamp = path.join(root, "dist", "winauthmon-sources");

/** Builds pages and programs unless they are built from exactly these sources. */
export async function ensureBuild() {
  await ensurePages();
  await ensurePrograms();
}

/** Bundles `server.ts`, the threads beside it and every `scripts/*.ts` into `dist/`, as `dist/server.mjs` and `dist/<name>.mjs`. */
export async function ensurePrograms() {
  const entries = (await readdir(path.join(root, "scripts"))).filter((name) => name.endsWith(".ts"));
  const programs = [
    "server.ts",
    "lib/export/export-worker-main.ts",
    "lib/services/detections/rules-thread-main.ts",
    ...entries.map((name) => `scripts/${name}`),
  ];
  await unlessFresh(programsStamp, [...sources, "scripts", "tests/bench", "tests/support"], () =>
    bundle(programs),
  );
}

async function ensurePages() {
  await writePseudoLocale();
  await unlessFresh(pagesStamp, pageSources, async () => {
    say("Building the pages (only after changes; takes about a minute)");
    const env = { ...process.env, NODE_ENV: "production", NEXT_TELEMETRY_DISABLED: "1" };
    const code = await runPackage("next", ["build"], { env });
    if (code !== 0) throw new UserError("The build failed. See the messages above.");
    await packStatic(path.join(root, ".next", "static"));
  });
}

/** The stamp goes before the work starts and comes back last, so an interrupted build is never taken for one. */
async function unlessFresh(stamp, names, build) {
  const digest = await digestOf(names);
  if ((await readStamp(stamp)) === digest) return;
  await withLock("build", async () => {
    if ((await readStamp(stamp)) === digest) return;
    await rm(stamp, { force: true });
    await build();
    await mkdir(path.dirname(stamp), { recursive: true });
    await writeFile(stamp, digest);
  });
}

function readStamp(stamp) {
  return readFile(stamp, "utf8").catch(() => undefined);
}

async function bundle(programs) {
  say("Bundling the programs");
  const esbuild = await import("esbuild");
  try {
    await esbuild.build({
      absWorkingDir: root,
      entryPoints: Object.fromEntries(programs.map((file) => [path.basename(file, ".ts"), file])),
      outdir: "dist",
      outExtension: { ".js": ".mjs" },
      bundle: true,
      platform: "node",
      target: `node${checkNode.oldest}`,
      format: "esm",
      packages: "external",
      alias: { "@": root },
      sourcemap: true,
      logLevel: "warning",
    });
  } catch {
    throw new UserError("Bundling the programs failed. See the messages above.");
  } finally {
    await esbuild.stop();
  }
}
