import { ensureBuild } from "./lib/build.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { main } from "./lib/project.mjs";

// npm run build: what npm start would build, for an image or a host that starts the program later.
await main(async () => {
  await ensureDependencies();
  await ensureBuild();
});
