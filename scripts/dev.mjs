import { pathToFileURL } from "node:url";
import path from "node:path";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { main, root, runPackage } from "./lib/project.mjs";
import { writePseudoLocale } from "./lib/pseudo-locale.mjs";

// npm run dev: the database, migrations and seed of npm start, with Next's development server on top of them.
await main(async () => {
  await ensureDependencies();
  await writePseudoLocale();
  process.env.NODE_ENV = "development";
  const { default: nextEnv } = await import("@next/env");
  nextEnv.loadEnvConfig(root, true);
  const { env } = await load("lib/env.ts");
  const { openInstallation } = await load("lib/services/install/open-installation.ts");
  // Otherwise main() would end at once, and leave PostgreSQL running.
  const stopping = new AbortController();
  for (const signal of ["SIGINT", "SIGTERM", "SIGHUP"]) process.once(signal, () => stopping.abort());
  const installation = await openInstallation("server", undefined, stopping.signal);
  try {
    const { HOST, PORT } = env();
    const { firstStart, secretWarning } = installation;
    if (firstStart || secretWarning) {
      const { readyText } = await load("lib/server/ready-text.ts");
      console.log(readyText({ host: HOST, port: PORT, isHttps: false, firstStart, secretWarning }));
    }
    // openInstallation has put DATABASE_URL and AUTH_SECRET into our environment, which the child inherits.
    process.exitCode = await runPackage("next", ["dev", "--hostname", HOST, "--port", String(PORT)], {
      env: { ...process.env, NEXT_TELEMETRY_DISABLED: "1" },
    });
  } finally {
    await installation.close();
  }
  process.exit();
});

async function load(file) {
  const { tsImport } = await import("tsx/esm/api");
  return tsImport(pathToFileURL(path.join(root, file)).href, import.meta.url);
}
