import nextEnv from "@next/env";
import { messageOf } from "@/lib/error-text";
import { isAppError } from "@/lib/errors";
import { logToStandardError } from "@/lib/logger";
import { takeUntold } from "@/lib/services/install/installation-state";
import { openInstallation } from "@/lib/services/install/open-installation";
import { assertOptionsOf } from "./admin/command";
import { COMMANDS, type Command } from "./admin/commands";
import { lookAtFirstSignIn, tellOfFirstStart } from "./admin/first-start";
import { helpText } from "./admin/help";
import { parseCommandLine, UsageError } from "./admin/options";

const EXIT_FAILED = 1;
const EXIT_USAGE = 2;

async function main(args: string[]): Promise<number> {
  logToStandardError();
  process.env.LOG_LEVEL ||= "warn";
  const { words, values } = parseCommandLine(args);
  if (values.help || words.length === 0 || words[0] === "help") {
    process.stdout.write(helpText());
    return words.length === 0 && !values.help ? EXIT_USAGE : 0;
  }
  const { command, operands } = chooseCommand(words);
  assertOptionsOf(command, values);
  nextEnv.loadEnvConfig(process.cwd(), false, { info: () => undefined, error: console.error });
  const installation = await openInstallation("tool", command.beforeUpgrade?.(values, operands));
  const { secretWarning } = installation;
  if (secretWarning && !command.tellsOfSecrets) process.stderr.write(`${secretWarning}\n`);
  try {
    const answer = await command.run(values, operands);
    if (command.replacesEverything) takeUntold();
    process.stdout.write(`${values.json ? JSON.stringify(answer.json) : answer.text}\n`);
    return answer.isFailure ? EXIT_FAILED : 0;
  } finally {
    await lookAtFirstSignIn();
    await installation.close();
  }
}

/** The command of one or two words, and the operands that follow it. @throws UsageError. */
function chooseCommand(words: string[]): { command: Command; operands: string[] } {
  for (const length of [2, 1]) {
    const name = words.slice(0, length).join(" ");
    const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name]! : undefined;
    const operands = words.slice(length);
    if (command && operands.length === (command.operandCount ?? 0)) return { command, operands };
    if (command) throw new UsageError(`Usage: ${command.usage}`);
  }
  throw new UsageError(`Unknown command “${words.join(" ")}”. Use --help to list the commands.`);
}

function explain(error: unknown): number {
  const isUsage = error instanceof UsageError;
  process.stderr.write(`${messageOf(error)}\n`);
  if (isAppError(error)) {
    for (const { field, message } of error.fields) process.stderr.write(`  ${field}: ${message}\n`);
  }
  return isUsage ? EXIT_USAGE : EXIT_FAILED;
}

process.exitCode = await main(process.argv.slice(2)).catch(explain).finally(tellOfFirstStart);
