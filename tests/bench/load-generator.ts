import { fork, type ChildProcess } from "node:child_process";
import path from "node:path";
import type { LoadOrder, LoadOutcome } from "./load-messages";

/** The process that makes load. It lives as long as the bench and carries out one order at a time. */
export class LoadGenerator {
  readonly #child: ChildProcess;

  constructor() {
    const program = path.resolve("tests/bench/load-generator-main.ts");
    this.#child = fork(program, { execArgv: ["--import", "tsx", "--max-semi-space-size=64"] });
  }

  /** @throws Error when the server dropped a connection or the generator died. */
  run(order: LoadOrder): Promise<LoadOutcome> {
    return new Promise((resolve, reject) => {
      const onExit = () => reject(new Error("The load generator's process ended."));
      this.#child.once("exit", onExit);
      this.#child.once("message", (answer: { outcome: LoadOutcome } | { error: string }) => {
        this.#child.off("exit", onExit);
        if ("error" in answer) reject(new Error(answer.error));
        else resolve(answer.outcome);
      });
      this.#child.send(order);
    });
  }

  stop(): void {
    this.#child.disconnect();
  }
}
