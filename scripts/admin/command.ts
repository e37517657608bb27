import type { Options } from "./options";

export interface Answer {
  /** What --json prints. */
  json: object;
  /** What a person reads instead. */
  text: string;
  /** True when the answer itself is bad news: the exit code is 1 then. */
  isFailure?: boolean;
}

export interface Command {
  usage: string;
  purpose: string;
  /** How many words follow its own; none by default. */
  operandCount?: number;
  /** It replaces all contents, so what a first start created no longer exists afterwards. */
  replacesEverything?: boolean;
  /** Its answer covers stored secrets, so no warning about them comes first. */
  tellsOfSecrets?: boolean;
  run(options: Options, operands: readonly string[]): Promise<Answer>;
}
