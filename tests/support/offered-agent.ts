import { readFileSync } from "node:fs";

/** The version of the agent that the portal offers. */
export const OFFERED_AGENT = readFileSync("agent/VERSION", "utf8").trim();
