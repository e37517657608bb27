import type { PlainForm } from "../support/plain-form";
import { withClients, type AddressClient, type Answer } from "./address-client";
import { limitFigure, perSecond, plainFigure, type Figure } from "./figures";
import type { LoadOutcome } from "./load-messages";
import { summarise } from "./load-run";

const LIMIT_MILLISECONDS = 100;
const ATTACKERS = 20;
const SIGN_INS_AT_ONCE = 80;
const READERS = 40;
const PAUSE_MILLISECONDS = 1_000;

export interface FloodOrder {
  port: number;
  form: PlainForm;
  /** Of superadmin. */
  password: string;
  /** One run of agents' single POSTs. */
  arrive(): Promise<LoadOutcome>;
}

/** What agents feel of three floods of the sign-in page, and who gets in meanwhile. */
export async function signInFloods(order: FloodOrder): Promise<Figure[]> {
  const { port } = order;
  return [
    ...(await withClients(port, 3, SIGN_INS_AT_ONCE, (people) => manySignIns(order, people))),
    ...(await withClients(port, 1, 2, (own) =>
      withClients(port, 2, ATTACKERS, (attackers) => rightPasswordMeanwhile(order, own, attackers)),
    )),
    ...(await withClients(port, 4, READERS, (readers) => manyReaders(order, readers))),
  ];
}

/** Runs the load and, over and over until it is through, the work of each client. */
async function whileArriving(
  { arrive }: FloodOrder,
  clients: readonly AddressClient[],
  work: (client: AddressClient, round: number) => Promise<unknown>,
): Promise<LoadOutcome> {
  let isOver = false;
  const repeat = async (client: AddressClient) => {
    for (let round = 0; !isOver; round += 1) await work(client, round);
  };
  const arriving = arrive().finally(() => (isOver = true));
  const working = clients.map((client) => repeat(client).finally(() => (isOver = true)));
  // Both are awaited from the start, so that the first error is the one that is told.
  const [outcome] = await Promise.all([arriving, ...working]);
  return outcome;
}

const isIn = (answer: Answer) => answer.cookie.includes("winauthmon.session");

async function rightPasswordMeanwhile(
  order: FloodOrder,
  [known, fresh]: AddressClient[],
  attackers: AddressClient[],
): Promise<Figure[]> {
  const { form, password } = order;
  const before = await known!.signIn(form, "superadmin", password);
  const cookie = before.cookie
    .split("; ")
    .filter((text) => text.includes("winauthmon.browser"))
    .join();
  const own: Answer[] = [];
  const others: Answer[] = [];
  let guesses = 0;
  const outcome = await whileArriving(order, [known!, fresh!, ...attackers], async (client, round) => {
    if (client !== known && client !== fresh) {
      guesses += 1;
      return client.signIn(form, "superadmin", `guess ${round} of ${client.address}`);
    }
    const answer = await client.signIn(form, "superadmin", password, client === known ? cookie : "");
    (client === known ? own : others).push(answer);
    return new Promise((resolve) => setTimeout(resolve, PAUSE_MILLISECONDS));
  });
  const letIn = own.filter(isIn);
  const refused = own.length - letIn.length;
  return [
    agentsFigure(`p99 of single POSTs while ${ATTACKERS} addresses guess one password`, outcome),
    plainFigure("  guesses answered", perSecond(guesses / outcome.seconds)),
    limitFigure("  right passwords refused to the owner's known browser", refused, 1, `of ${own.length}`),
    plainFigure("  its sign-in: p50 and p99", spellAnswers(letIn)),
    plainFigure(
      "  right passwords let in from a new browser",
      `${others.filter(isIn).length} of ${others.length}`,
    ),
  ];
}

async function manySignIns(order: FloodOrder, people: AddressClient[]): Promise<Figure[]> {
  const { form, password } = order;
  const answers: Answer[] = [];
  // All at once, then all again as soon as the last one has its answer.
  const outcome = await whileArriving(order, people.slice(0, 1), async () => {
    answers.push(...(await Promise.all(people.map((one) => one.signIn(form, "superadmin", password)))));
  });
  const letIn = answers.filter(isIn);
  return [
    agentsFigure(`p99 of single POSTs while ${people.length} sign in at once`, outcome),
    plainFigure("  let in", `${letIn.length} of ${answers.length}`),
    plainFigure("  their sign-in: p50 and p99", spellAnswers(letIn)),
    plainFigure("  the others", statusesOf(answers.filter((answer) => !isIn(answer)))),
  ];
}

async function manyReaders(order: FloodOrder, readers: AddressClient[]): Promise<Figure[]> {
  const answers: Answer[] = [];
  const outcome = await whileArriving(order, readers, async (reader) => {
    answers.push({ ...(await reader.readLogin()), text: "" });
  });
  return [
    agentsFigure(`p99 of single POSTs while ${readers.length} ask for the sign-in page`, outcome),
    plainFigure("  pages", `${perSecond(answers.length / outcome.seconds)}, ${statusesOf(answers)}`),
    plainFigure("  a page: p50 and p99", spellAnswers(answers)),
  ];
}

function agentsFigure(name: string, { latency }: LoadOutcome): Figure {
  return limitFigure(name, latency.p99, LIMIT_MILLISECONDS, "ms");
}

function spellAnswers(answers: readonly Answer[]): string {
  const { p50, p99 } = summarise(answers.map(({ milliseconds }) => milliseconds));
  return `${p50.toFixed(0)} and ${p99.toFixed(0)} ms`;
}

function statusesOf(answers: readonly Answer[]): string {
  const counts = new Map<number, number>();
  for (const { status } of answers) counts.set(status, (counts.get(status) ?? 0) + 1);
  return [...counts].map(([status, count]) => `${count} × ${status}`).join(", ") || "none";
}
