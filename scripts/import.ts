import nextEnv from "@next/env";
import { ImportError } from "@/lib/domain/import/import-error";
import { messageOf } from "@/lib/error-text";
import { isAppError } from "@/lib/errors";
import { logToStandardError } from "@/lib/logger";
import { openInstallation } from "@/lib/services/install/open-installation";
import { openOriginal, runImport, type OpenOriginal } from "@/lib/services/import/run-import";
import { lookAtFirstSignIn, tellOfFirstStart } from "./admin/first-start";
import { ProgressBar } from "./demo/progress";
import { parseCommandLine, UsageError, type Options } from "./import/options";
import { reportText } from "./import/report-text";
import { stopSignal } from "./stop-signal";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

const HELP = `Imports a database of the original server into this installation. The server may be running or stopped.

  npm run import -- <source> [options]

  <source>          its SQLAlchemy URL (sqlite:///…, postgresql://…, mysql+pymysql://…, mssql+pyodbc://…)
                    or the path of its config.ini
  --timezone Z      time zone of the stored times, such as Europe/London (default: TIMEZONE of the config.ini, or
                    Europe/London if it has none;
                    for PostgreSQL, the TimeZone of the database)
  --company "N"     company for API keys and logs that have none: one from the source, one here, or a new one
  --dry-run         read, count and list problems; write nothing
  --json            print the report as one JSON object

The source isn't changed. You can run the import repeatedly: what already exists stays unchanged.
Exit codes: 0 success, 1 failure, 2 incorrect usage. For the whole procedure, see docs/moving-over.md.
`;

const quiet = { begin: () => ({ advance: () => undefined, finish: () => undefined }) };
const bars = { begin: (label: string, total: number) => new ProgressBar(label, total) };

async function main(args: string[]): Promise<number> {
  logToStandardError();
  process.env.LOG_LEVEL ||= "warn";
  const { source, values } = parseCommandLine(args);
  if (values.help) {
    process.stdout.write(HELP);
    return 0;
  }
  if (source === undefined) throw new UsageError(`Specify the source to import.\n\n${HELP}`);
  nextEnv.loadEnvConfig(process.cwd(), false, { info: () => undefined, error: console.error });
  const signal = stopSignal();
  const original = await openOriginal(source, process.env.INIT_CWD ?? process.cwd());
  try {
    await bringOver(original, values, signal);
    return 0;
  } finally {
    await original.database.source.close();
  }
}

async function bringOver(original: OpenOriginal, values: Options, signal: AbortSignal): Promise<void> {
  const installation = await openInstallation("tool");
  try {
    const startedAt = Date.now();
    const request = {
      timeZone: values.timezone,
      company: values.company,
      isDryRun: values["dry-run"] ?? false,
      signal,
    };
    const report = await runImport(original, request, values.json ? quiet : bars);
    const seconds = (Date.now() - startedAt) / 1000;
    process.stdout.write(
      values.json ? `${JSON.stringify({ ...report, seconds })}\n` : reportText(report, seconds),
    );
  } finally {
    await lookAtFirstSignIn();
    await installation.close();
  }
}

function explain(error: unknown): number {
  if (error instanceof UsageError || error instanceof ImportError || isAppError(error)) {
    process.stderr.write(`\n${error.message}\n`);
    return error instanceof UsageError ? EXIT_USAGE : EXIT_FAILED;
  }
  process.stderr.write(`\n${messageOf(error)}\n`);
  return EXIT_FAILED;
}

process.exitCode = await main(process.argv.slice(2)).catch(explain).finally(tellOfFirstStart);
