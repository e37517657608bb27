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
  /** How many words it takes behind its own; none by default. */
  operandCount?: number;
  /** It puts other contents in the place of all there is: what a first start has made is gone once it is done. */
  replacesEverything?: boolean;
  /** Its answer says how stored secrets stand, so that nothing is said of them beforehand. */
  tellsOfSecrets?: boolean;
  run(options: Options, operands: readonly string[]): Promise<Answer>;
}
