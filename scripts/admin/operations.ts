import { operatorActor } from "@/lib/services/audit/actor";
import { BACKUP_LANE } from "@/lib/services/backup/backup-job";
import { backupFolder } from "@/lib/services/backup/backup-files";
import { createBackup } from "@/lib/services/backup/create-backup";
import { restoreBackup, type RestoreOutcome } from "@/lib/services/backup/restore-backup";
import { operatorContext } from "@/lib/services/context";
import { alone } from "@/lib/services/jobs/alone";
import { jobsByName, readJobs, requestJob } from "@/lib/services/jobs/read-jobs";
import { previewPortalRetention, type DoomedRecords } from "@/lib/services/retention/preview-retention";
import { runRetention } from "@/lib/services/retention/run-retention";
import { readSettings } from "@/lib/services/settings/read-settings";
import type { Answer, Command } from "./command";
import { resolve } from "node:path";
import { UsageError, type Options } from "./options";

const isoOf = (at: number | null) => (at === null ? null : new Date(at).toISOString());

async function previewRetention(): Promise<Answer> {
  const preview = await previewPortalRetention(operatorContext("command line"), await readSettings());
  const spell = ({ count, before }: DoomedRecords) => ({ count, before: isoOf(before) });
  const lines = (["events", "errors", "audit"] as const).map((kind) => {
    const { count, before } = preview[kind];
    const until = before === null ? "kept for ever" : `latest cut-off ${isoOf(before)}`;
    return `${kind.padEnd(7)} ${count.toLocaleString("en").padStart(14)}  ${until}`;
  });
  return {
    json: { events: spell(preview.events), errors: spell(preview.errors), audit: spell(preview.audit) },
    text: `The next run would delete:\n${lines.join("\n")}`,
  };
}

async function runRetentionNow(): Promise<Answer> {
  const stop = new AbortController();
  process.once("SIGINT", () => stop.abort());
  process.once("SIGTERM", () => stop.abort());
  const outcome = await runRetention(operatorActor("command line"), stop.signal);
  const { events, accounts, computers, errors, audit } = outcome;
  return {
    json: { ...outcome, isComplete: !stop.signal.aborted },
    text:
      `Deleted: ${events} events, ${accounts} accounts, ${computers} computers, ${errors} errors, ${audit} audit rows.` +
      (stop.signal.aborted ? " Broken off; the next run goes on." : ""),
    isFailure: stop.signal.aborted,
  };
}

async function listJobs(): Promise<Answer> {
  const jobs = await readJobs();
  const lines = jobs.map(
    (job) =>
      `${job.name.padEnd(14)} ${job.state.padEnd(8)} last ${isoOf(job.lastStartedAt) ?? "never"}  next ${isoOf(job.nextRunAt) ?? "–"}` +
      (job.lastError ? `\n${" ".repeat(15)}${job.lastError}` : ""),
  );
  return { json: { jobs }, text: lines.join("\n") };
}

async function askForJob(_: unknown, [name = ""]: readonly string[]): Promise<Answer> {
  if (!jobsByName.has(name)) {
    throw new UsageError(`There is no job “${name}”. There are: ${[...jobsByName.keys()].join(", ")}.`);
  }
  await requestJob(operatorContext("command line"), { name });
  return { json: { job: name }, text: `A running server takes ${name} up within half a minute.` };
}

async function backup(options: Options): Promise<Answer> {
  const outcome = await alone(BACKUP_LANE, () =>
    createBackup(operatorActor("command line"), {
      folder: options.to ? resolve(options.to) : backupFolder(),
      isSecretIncluded: options["with-secret"],
      isVerified: !options["no-verify"],
    }),
  );
  const mebibytes = (outcome.bytes / 1024 / 1024).toFixed(1);
  return {
    json: outcome,
    text:
      `${outcome.file}: ${outcome.events} events, ${outcome.rows} rows in all, ${mebibytes} MiB, ${outcome.seconds} s.\n` +
      (outcome.isVerified
        ? "Restored into a scratch copy and found whole."
        : `Not verified. ${outcome.note}`) +
      (options["with-secret"]
        ? "\nThe file holds AUTH_SECRET: keep it as safe as the server itself."
        : "\nKeep AUTH_SECRET too (the file auth-secret in the data folder), apart from the backup."),
  };
}

const SECRET_TEXT: Record<RestoreOutcome["secret"], string> = {
  same: "",
  previous:
    "\nIts stored secrets are sealed under AUTH_SECRET_PREVIOUS: run `npm run admin -- rotate-secret` before you remove it.",
  restored: "\nThe secret that came with it now stands in the data folder.",
  different:
    "\nAUTH_SECRET is not the one the backup was made under: agents go on working, but API keys cannot be shown and " +
    "second steps not be checked until it is put back, or set as AUTH_SECRET_PREVIOUS.",
};

async function restore(options: Options, [file = ""]: readonly string[]): Promise<Answer> {
  const outcome = await restoreBackup(operatorActor("command line"), resolve(file), {
    isForced: options.force,
  });
  return {
    json: outcome,
    text:
      `Restored what there was at ${outcome.createdAt}: ${outcome.events} events, ${outcome.rows} rows in all.` +
      SECRET_TEXT[outcome.secret],
  };
}

/** Commands for running an installation over the years. */
export const OPERATIONS: Readonly<Record<string, Command>> = {
  "retention preview": {
    usage: "retention preview",
    purpose: "counts what the next daily run would delete",
    run: previewRetention,
  },
  "retention run": {
    usage: "retention run",
    purpose: "deletes it now, in small batches; may be broken off and run again",
    run: runRetentionNow,
  },
  backup: {
    usage: "backup [--to dir] [--with-secret] [--no-verify]",
    purpose: "saves the database to a file while the portal runs, and checks it by restoring",
    run: backup,
  },
  restore: {
    usage: "restore <file> [--force]",
    purpose: "puts a backup in the place of everything; servers must be stopped",
    operandCount: 1,
    replacesEverything: true,
    run: restore,
  },
  jobs: { usage: "jobs", purpose: "lists the scheduled jobs and how their last runs went", run: listJobs },
  "jobs run": {
    usage: "jobs run <job>",
    purpose: "asks the running servers to run a job now",
    operandCount: 1,
    run: askForJob,
  },
};
