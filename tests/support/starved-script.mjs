// A script under npm that runs out of file descriptors for a while: it must not take that for npm's end.
import { closeSync, openSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { main } from "../../scripts/lib/project.mjs";

process.env.npm_lifecycle_event = "start";
await main(async () => {
  const taken = [];
  // A stream's first use opens a descriptor of its own.
  process.stdout.write("starving\n");
  await delay(600);
  try {
    for (;;) taken.push(openSync("/dev/null"));
  } catch (error) {
    if (error.code !== "EMFILE") throw error;
  }
  // Long enough for two looks at the parent.
  await delay(1_200);
  for (const descriptor of taken) closeSync(descriptor);
  process.stdout.write("survived\n");
});
