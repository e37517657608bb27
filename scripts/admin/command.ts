import type { MigrationOptions } from "@/db/migrate";
import { UsageError, type Options } from "./options";

export interface Answer {
  /** What --json prints. */
  json: object;
  /** What a person reads instead. */
  text: string;
  /** True when the answer itself is bad news: the exit code is 1 then. */
  isFailure?: boolean;
}

export interface Command {
  /** Names every option that the command takes; any other is refused. */
  usage: string;
  /** Options that it takes but doesn't advertise. */
  unlistedOptions?: readonly (keyof Options)[];
  purpose: string;
  /** How many words follow its own; none by default. */
  operandCount?: number;
  /** It replaces all contents, so what a first start created no longer exists afterwards. */
  replacesEverything?: boolean;
  /** Decides on the database of an older release before it is migrated; otherwise it is refused. */
  beforeUpgrade?: (options: Options, operands: readonly string[]) => MigrationOptions["beforeUpgrade"];
  /** Its answer covers stored secrets, so no warning about them comes first. */
  tellsOfSecrets?: boolean;
  run(options: Options, operands: readonly string[]): Promise<Answer>;
}

/** Options of every command. */
const COMMON = ["json", "help"];

/** @throws UsageError for an option that another command has, as it would have no effect on this one. */
export function assertOptionsOf({ usage, unlistedOptions = [] }: Command, values: Options): void {
  const own = [...usage.matchAll(/--([a-z-]+)/g)].map(([, name]) => name!);
  const known = new Set([...COMMON, ...own, ...unlistedOptions]);
  const other = Object.keys(values).find((name) => !known.has(name));
  if (other) throw new UsageError(`This command doesn't take --${other}. Usage: ${usage}`);
}
