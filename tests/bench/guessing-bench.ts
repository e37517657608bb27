import { readPlainForm, sendPlainForm, type PlainForm } from "../support/plain-form";
import { API_KEY, onBenchServer, type BenchServer } from "./bench-server";
import { limitFigure, perSecond, plainFigure, tableOf, type Figure } from "./figures";
import type { LoadOutcome } from "./load-messages";
import { signInFloods } from "./sign-in-floods";

const ARRIVALS_PER_SECOND = 200;
const SECONDS = 30;
const QUICK_SECONDS = 5;
const GUESSERS = 8;
const LIMIT_MILLISECONDS = 100;
const PASSWORD = "Quiet-Harbour-47-lamps";

/**
 * Measures what agents feel while the sign-in page is attacked: the latency of single POSTs arriving at 200 a second,
 * quiet and meanwhile. Eight connections guess passwords as fast as they are answered, once with the limits of a new
 * installation, which answer most tries without looking at the password, and once without limits, so that every try is
 * a whole bcrypt comparison at the usual cost. Then twenty addresses guess one person's password while that person
 * signs in, eighty people sign in at once, and forty clients ask for the page over and over.
 */
export async function benchGuessing(options: readonly string[]): Promise<void> {
  const seconds = options.includes("--quick") ? QUICK_SECONDS : SECONDS;
  const limited = await onBenchServer((bench) => measure(bench, "limited", seconds));
  const floods = await onBenchServer((bench) => measureFloods(bench, seconds), {
    INITIAL_ADMIN_PASSWORD: PASSWORD,
  });
  const unlimited = await onBenchServer((bench) => measure(bench, "no limits", seconds), {
    RATE_LIMIT_ENABLED: "false",
  });
  console.log(`\n${tableOf([...limited, ...unlimited, ...floods])}\n`);
}

/** Runs of single POSTs, each as long as told; every one must be stored. */
function arrivals({ server, load }: BenchServer, seconds: number): () => Promise<LoadOutcome> {
  let sent = 0;
  const since = Date.now() - 6 * 3_600_000;
  return async () => {
    const requests = seconds * ARRIVALS_PER_SECOND;
    const order = {
      port: server.port,
      apiKey: API_KEY,
      connections: 64,
      eventsPerRequest: 1,
      firstEvent: sent,
      since,
    };
    const outcome = await load.run({ ...order, requests, arrivalsPerSecond: ARRIVALS_PER_SECOND });
    if (outcome.statuses["201"] !== requests)
      throw new Error(`Expected ${requests} answers of 201, got ${JSON.stringify(outcome.statuses)}.`);
    sent += requests;
    return outcome;
  };
}

async function measureFloods(bench: BenchServer, seconds: number): Promise<Figure[]> {
  const { port } = bench.server;
  const form = await readPlainForm(`http://127.0.0.1:${port}/login`, "login");
  const arrive = arrivals(bench, seconds);
  await arrive();
  return signInFloods({ port, form, password: PASSWORD, arrive });
}

async function measure(bench: BenchServer, name: string, seconds: number): Promise<Figure[]> {
  const form = await readPlainForm(`http://127.0.0.1:${bench.server.port}/login`, "login");
  const arrive = arrivals(bench, seconds);
  await arrive();
  const quiet = await arrive();
  const guessing = new Guessing(form);
  const meanwhile = await arrive();
  const guesses = await guessing.stop();
  return [
    limitFigure(
      `${name}: p99 of single POSTs while ${GUESSERS} guess`,
      meanwhile.latency.p99,
      LIMIT_MILLISECONDS,
      "ms",
    ),
    plainFigure("  quiet: p50 and p99", spell(quiet)),
    plainFigure("  meanwhile: p50 and p99", spell(meanwhile)),
    plainFigure("  tries answered", perSecond(guesses / meanwhile.seconds)),
  ];
}

function spell({ latency }: LoadOutcome): string {
  return `${latency.p50.toFixed(1)} and ${latency.p99.toFixed(1)} ms`;
}

/** Connections that each try one password after another, until told to stop. */
class Guessing {
  #isOver = false;
  #guesses = 0;
  readonly #guessers: Promise<void>[];

  constructor(readonly form: PlainForm) {
    this.#guessers = Array.from({ length: GUESSERS }, () => this.#guess());
  }

  async #guess(): Promise<void> {
    while (!this.#isOver) {
      const number = this.#guesses;
      this.#guesses += 1;
      const login = number % 2 === 0 ? "superadmin" : `somebody${number}`;
      const { status } = await sendPlainForm(this.form, { login, password: `guess ${number}` });
      if (status >= 500) throw new Error(`A guess was answered with ${status}.`);
    }
  }

  /** How many tries were made. */
  async stop(): Promise<number> {
    this.#isOver = true;
    await Promise.all(this.#guessers);
    return this.#guesses;
  }
}
