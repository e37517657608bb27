// Starts the production server on an empty installation in a temporary folder.
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

process.env.DATA_DIR = mkdtempSync(path.join(tmpdir(), "winauthmon-e2e-"));
process.env.NODE_ENV = "production";
await import("../../dist/server.mjs");
