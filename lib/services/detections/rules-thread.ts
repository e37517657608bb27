import { Worker } from "node:worker_threads";
import { threadProgram } from "@/lib/background-thread";
import { logger } from "@/lib/logger";
import { haveAgentsSentWithin } from "../events/record-events";
import { followEvents, type FollowingEvents } from "./follow-events";

export type ToRules = "sending" | "quiet" | "stop";

const SENDING_MILLISECONDS = 1_000;
const LOOK_MILLISECONDS = 250;
const AGAIN_MILLISECONDS = 5_000;
/** What a look at events leaves behind is short-lived: more room than this makes it no faster, and is never given back. */
const LITTLE_YOUNG = { maxYoungGenerationSizeMb: 8 };
const STOP_MILLISECONDS = 5_000;

const areAgentsSending = () => haveAgentsSentWithin(SENDING_MILLISECONDS);

/**
 * Asks the rules about new events in a thread of its own where there is one to start, so that agents and pages need not
 * wait for them; a thread that fails is started again.
 */
export function startRules(program: string | null = threadProgram("rules-thread-main")): FollowingEvents {
  return program === null ? followEvents(areAgentsSending) : new RulesThread(program);
}

class RulesThread implements FollowingEvents {
  #worker: Worker;
  #isStopping = false;
  #wasSending = false;
  #again: NodeJS.Timeout | undefined;
  readonly #look: NodeJS.Timeout;

  constructor(private readonly program: string) {
    this.#worker = this.#start();
    this.#look = setInterval(() => this.#tellSending(), LOOK_MILLISECONDS).unref();
  }

  async stop(): Promise<void> {
    this.#isStopping = true;
    clearInterval(this.#look);
    clearTimeout(this.#again);
    if (this.#worker.threadId === -1) return;
    // Not `once` of node:events, which throws if the thread fails instead.
    const ended = new Promise((resolve) => this.#worker.once("exit", resolve));
    this.#tell("stop");
    const late = setTimeout(() => void this.#worker.terminate(), STOP_MILLISECONDS);
    await ended;
    clearTimeout(late);
  }

  #start(): Worker {
    this.#wasSending = false;
    const worker = new Worker(this.program, { resourceLimits: LITTLE_YOUNG });
    worker.on("error", (error) =>
      logger.error({ err: error }, "The thread that checks events for alerts failed"),
    );
    worker.on("exit", () => {
      if (this.#isStopping) return;
      this.#again = setTimeout(() => {
        this.#worker = this.#start();
      }, AGAIN_MILLISECONDS).unref();
    });
    return worker;
  }

  #tellSending(): void {
    const isSending = areAgentsSending();
    if (isSending === this.#wasSending) return;
    this.#wasSending = isSending;
    this.#tell(isSending ? "sending" : "quiet");
  }

  #tell(message: ToRules): void {
    this.#worker.postMessage(message);
  }
}
