import { inEnglish } from "@/lib/english";
import { operatorActor } from "@/lib/services/audit/actor";
import { BACKUP_LANE } from "@/lib/services/backup/backup-job";
import { backupFolder } from "@/lib/services/backup/backup-files";
import { readArchive } from "@/lib/services/backup/read-archive";
import { createBackup } from "@/lib/services/backup/create-backup";
import {
  assertMayBeReplaced,
  restoreBackup,
  type RestoreOutcome,
} from "@/lib/services/backup/restore-backup";
import { operatorContext } from "@/lib/services/context";
import { distributeTables } from "@/lib/services/install/distribute-tables";
import { alone } from "@/lib/services/jobs/alone";
import { jobsByName, readJobs, requestJob } from "@/lib/services/jobs/read-jobs";
import { previewPortalRetention, type DoomedRecords } from "@/lib/services/retention/preview-retention";
import { retainNow } from "@/lib/services/retention/believed-retention";
import { retentionJob } from "@/lib/services/retention/retention-job";
import { readSettings } from "@/lib/services/settings/read-settings";
import type { Answer, Command } from "./command";
import { resolve } from "node:path";
import { UsageError, type Options } from "./options";
import { stopSignal } from "../stop-signal";

/** Files are named as seen from the folder that npm was called in; the program runs in its own. */
const fromCaller = (file: string) => resolve(process.env.INIT_CWD ?? process.cwd(), file);
const isoOf = (at: number | null) => (at === null ? null : new Date(at).toISOString());

async function previewRetention(): Promise<Answer> {
  const preview = await previewPortalRetention(operatorContext("command line"), await readSettings());
  const spell = ({ count, before }: DoomedRecords) => ({ count, before: isoOf(before) });
  const lines = (["events", "errors", "audit"] as const).map((kind) => {
    const { count, before } = preview[kind];
    const until = before === null ? "kept forever" : `latest cut-off ${isoOf(before)}`;
    return `${kind.padEnd(7)} ${count.toLocaleString("en").padStart(14)}  ${until}`;
  });
  return {
    json: { events: spell(preview.events), errors: spell(preview.errors), audit: spell(preview.audit) },
    text: `The next run would delete:\n${lines.join("\n")}`,
  };
}

async function runRetentionNow(): Promise<Answer> {
  const signal = stopSignal();
  const outcome = await alone(retentionJob.lane, () => retainNow(operatorActor("command line"), signal));
  const { events, accounts, computers, errors, audit } = outcome;
  return {
    json: { ...outcome, isComplete: !signal.aborted },
    text:
      `Deleted: ${events} events, ${accounts} accounts, ${computers} computers, ${errors} errors, ${audit} audit rows.` +
      (signal.aborted ? " Stopped early; the next run continues." : ""),
    isFailure: signal.aborted,
  };
}

async function listJobs(): Promise<Answer> {
  const jobs = (await readJobs()).map(({ title, purpose, lastError, ...job }) => ({
    ...job,
    title: inEnglish(title),
    purpose: inEnglish(purpose),
    lastError: lastError && inEnglish(lastError),
  }));
  const lines = jobs.map(
    (job) =>
      `${job.name.padEnd(14)} ${job.state.padEnd(8)} last ${isoOf(job.lastStartedAt) ?? "never"}  next ${isoOf(job.nextRunAt) ?? "–"}` +
      (job.lastError ? `\n${" ".repeat(15)}${job.lastError}` : ""),
  );
  return { json: { jobs }, text: lines.join("\n") };
}

async function askForJob(_: unknown, [name = ""]: readonly string[]): Promise<Answer> {
  if (!jobsByName.has(name)) {
    throw new UsageError(`Unknown job “${name}”. Jobs: ${[...jobsByName.keys()].join(", ")}.`);
  }
  await requestJob(operatorContext("command line"), { name });
  return { json: { job: name }, text: `A running server starts ${name} within 30 seconds.` };
}

async function backup(options: Options): Promise<Answer> {
  const signal = stopSignal();
  const outcome = await alone(BACKUP_LANE, () =>
    createBackup(operatorActor("command line"), {
      folder: options.to ? fromCaller(options.to) : backupFolder(),
      isSecretIncluded: options["with-secret"],
      isVerified: !options["no-verify"],
      signal,
    }),
  ).catch((error: unknown) => {
    throw signal.aborted ? new Error("The backup was stopped and left no file.") : error;
  });
  const mebibytes = (outcome.bytes / 1024 / 1024).toFixed(1);
  return {
    json: outcome,
    text:
      `${outcome.file}: ${outcome.events} events, ${outcome.rows} rows in total, ${mebibytes} MiB, ${outcome.seconds} s.\n` +
      (outcome.isVerified
        ? "Verified by restoring it into a temporary database."
        : `Not verified. ${outcome.note}`) +
      (options["with-secret"]
        ? "\nThe file contains AUTH_SECRET: protect it as you protect the server."
        : "\nAlso keep AUTH_SECRET (the file auth-secret in the data folder), separately from the backup."),
  };
}

const SECRET_TEXT: Record<RestoreOutcome["secret"], string> = {
  same: "",
  previous:
    "\nIts stored secrets are encrypted with AUTH_SECRET_PREVIOUS: run `npm run admin -- rotate-secret` before you remove it.",
  restored: "\nThe secret from the backup is now in the data folder.",
  different:
    "\nThe backup was created with another AUTH_SECRET: agents keep working, but API keys can't be shown and codes of " +
    "authenticator apps can't be checked until you restore that secret or set it as AUTH_SECRET_PREVIOUS.",
};

const COPY_TEXT =
  "\nThis copy sends nothing by itself: all channels are disabled and all scheduled reports are paused.";
const ORIGINAL_TEXT =
  "\nOnce a server runs, channels and scheduled reports send again, and also what waited when the backup was made. If " +
  "this is a copy for a trial, restore it again with --as-copy before you start a server.";

async function restore(options: Options, [file = ""]: readonly string[]): Promise<Answer> {
  const outcome = await restoreBackup(operatorActor("command line"), fromCaller(file), {
    isForced: options.force,
    isCopy: options["as-copy"],
  });
  return {
    json: outcome,
    text:
      `Restored the backup of ${outcome.createdAt}: ${outcome.events} events, ${outcome.rows} rows in total.` +
      SECRET_TEXT[outcome.secret] +
      (outcome.isCopy ? COPY_TEXT : ORIGINAL_TEXT),
  };
}

async function distributeDatabase(): Promise<Answer> {
  const outcome = await distributeTables();
  const TEXTS: Record<typeof outcome, string> = {
    done: "The tables are distributed by company over the nodes of the cluster.",
    "already done": "The tables are already distributed.",
    "without Citus":
      "This database is not on a Citus coordinator. Create the extension citus on every node, and add the nodes with citus_add_node.",
  };
  return { json: { outcome }, text: TEXTS[outcome], isFailure: outcome === "without Citus" };
}

/** Commands for operating an installation. */
export const OPERATIONS: Readonly<Record<string, Command>> = {
  "retention preview": {
    usage: "retention preview",
    purpose: "count the events, errors, and audit rows that the next daily run would delete",
    run: previewRetention,
  },
  "retention run": {
    usage: "retention run",
    purpose: "delete what is past its retention now, in small batches; you can stop it and run it again",
    run: runRetentionNow,
  },
  backup: {
    usage: "backup [--to dir] [--with-secret] [--no-verify]",
    purpose: "back up the database while the portal runs, and verify the backup",
    run: backup,
  },
  restore: {
    usage: "restore <file> [--force] [--as-copy]",
    purpose: "replace all data with a backup; stop the servers first",
    operandCount: 1,
    replacesEverything: true,
    beforeUpgrade: (options, operands) => async (sql) => {
      await assertMayBeReplaced(sql, options.force ?? false);
      // Migrated, the database is no longer the older release's, so a file that is no backup comes to light before.
      await readArchive(fromCaller(operands[0]!));
    },
    run: restore,
  },
  distribute: {
    usage: "distribute",
    purpose: "move the tables of a database on a Citus coordinator to its nodes; stop the servers first",
    run: distributeDatabase,
  },
  jobs: {
    usage: "jobs",
    purpose: "list the scheduled jobs and the results of their last runs",
    run: listJobs,
  },
  "jobs run": {
    usage: "jobs run <job>",
    purpose: "ask the running servers to run a job now",
    operandCount: 1,
    run: askForJob,
  },
};
