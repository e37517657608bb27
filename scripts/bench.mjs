import { ensureBuild } from "./lib/build.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { main, root, runProgram } from "./lib/project.mjs";
import path from "node:path";

// npm run bench -- ingest [--quick]: measures what npm start would run; --no-build takes the build that is there.
await main(async () => {
  const options = process.argv.slice(2).filter((option) => option !== "--no-build");
  await ensureDependencies();
  if (!process.argv.includes("--no-build")) await ensureBuild();
  const program = path.join(root, "scripts", "bench.ts");
  process.exitCode = await runProgram(process.execPath, ["--import", "tsx", program, ...options]);
});
