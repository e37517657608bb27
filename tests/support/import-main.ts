import { openOriginal, runImport } from "@/lib/services/import/run-import";
import { closeDatabase } from "@/db/client";

// An import in a process of its own, which a test may kill: the source, its zone, and the database in the environment.
const original = await openOriginal(process.env.IMPORT_SOURCE!, process.cwd());
const request = {
  timeZone: process.env.IMPORT_ZONE!,
  company: "Keyless",
  isDryRun: false,
  signal: new AbortController().signal,
};
const progress = { begin: () => ({ advance: () => undefined, finish: () => undefined }) };
await runImport(original, request, progress);
await original.database.source.close();
await closeDatabase();
