// The thread that asks the rules about new events, bundled as dist/rules-thread-main.mjs. See rules-thread.ts.
import { parentPort } from "node:worker_threads";
import { closeDatabase } from "@/db/client";
import { stepBehind } from "@/lib/background-thread";
import { flushStoredErrors } from "../errors/store-error";
import { followEvents } from "./follow-events";
import type { ToRules } from "./rules-thread";

const port = parentPort!;
const agents = { areSending: false };

stepBehind();
const following = followEvents(() => agents.areSending);

port.on("message", (message: ToRules) => {
  if (message === "stop") void stop();
  else agents.areSending = message === "sending";
});

async function stop(): Promise<void> {
  await following.stop();
  await flushStoredErrors();
  await closeDatabase();
  port.close();
}
