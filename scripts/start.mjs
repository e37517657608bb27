import { pathToFileURL } from "node:url";
import path from "node:path";
import { ensureBuild } from "./lib/build.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { main, root } from "./lib/project.mjs";

await main(async () => {
  await ensureDependencies();
  await ensureBuild();
  process.env.NODE_ENV = "production";
  process.setSourceMapsEnabled(true);
  // In this very process: a signal, even SIGKILL, meets the server and not a parent that would leave it behind.
  await import(pathToFileURL(path.join(root, "dist", "server.mjs")).href);
});
