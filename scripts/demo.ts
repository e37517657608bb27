import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import nextEnv from "@next/env";
import { ianaZone, localDateOf, type LocalDate } from "@/lib/domain/zones";
import { env } from "@/lib/env";
import { messageOf } from "@/lib/error-text";
import { localAddress } from "@/lib/server/ready-text";
import { operatorActor } from "@/lib/services/audit/actor";
import { ensureDemoSites } from "@/lib/services/companies/ensure-demo-sites";
import { prepareDemo } from "@/lib/services/companies/prepare-demo";
import { openInstallation } from "@/lib/services/install/open-installation";
import { datesBack, siteDay, type DemoEvent } from "./demo/day";
import { demoFleet, type DemoCompany, type DemoSite } from "./demo/fleet";
import { ProgressBar } from "./demo/progress";
import { SeededRandom } from "./demo/random";
import { closedSiteStory, healthOf, lastWordOf } from "./demo/fleet-story";
import { choicesOf, STORY, STORY_MS, storyDate, storyOf } from "./demo/story";
import { BATCH_SIZE, sendBatch, sendHealth, sendOne, type Agent } from "./demo/send";

const HELP = `Simulates the agents of three companies. The server must be running.

  npm run demo -- [--days 30] [--url U] [--scale 1] [--no-live] [--seconds N]

  --days N     days to back-fill (default 30)
  --url U      the server (default: the one that HOST, PORT, and SSL_CERTFILE describe)
  --scale F    multiplies the number of people (default 1)
  --no-live    stop after the back-fill; send no live events
  --seconds N  stop sending live events after N seconds
`;

const PARALLEL_BATCHES = 4;
const HEALTH_EVERY_MS = 5 * 60_000;

interface SimulatedSite {
  company: DemoCompany;
  site: DemoSite;
  agent: Agent;
}

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      days: { type: "string", default: "30" },
      url: { type: "string" },
      scale: { type: "string", default: "1" },
      "no-live": { type: "boolean", default: false },
      seconds: { type: "string" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) return void process.stdout.write(HELP);
  nextEnv.loadEnvConfig(process.cwd());
  const serverUrl = values.url ?? ownServer();
  await assertServer(serverUrl);
  const sites = await registerSites(demoFleet(Number(values.scale)), serverUrl);
  await backfill(sites, Number(values.days));
  await tellHealth(sites[0]!);
  const date = storyDate(todayAt(sites[0]!, Date.now()));
  process.stdout.write(STORY.replace("%COMPANY%", sites[0]!.company.name).replace("%DATE%", date));
  if (!values["no-live"]) await goOnLive(sites, values.seconds ? Number(values.seconds) : Infinity);
}

function ownServer(): string {
  const { HOST, PORT, SSL_CERTFILE } = env();
  return localAddress({ host: HOST, port: PORT, isHttps: SSL_CERTFILE !== undefined });
}

/** @throws Error in words when no server answers there, or its certificate isn't trusted. */
async function assertServer(serverUrl: string): Promise<void> {
  const answer = await fetch(new URL("/api/health", serverUrl)).catch((error: Error) => error);
  if (answer instanceof Response && answer.ok) return;
  const cause = answer instanceof Error ? answer.cause : undefined;
  const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
  if (/CERT|SIGNATURE|ISSUER/.test(code)) {
    throw new Error(
      `The certificate of the server at ${serverUrl} isn't trusted (${code}). Set NODE_EXTRA_CA_CERTS to the file ` +
        "that signs it, such as SSL_CERTFILE, and use a name that it holds with --url.",
    );
  }
  throw new Error(`No server responds at ${serverUrl}. Start it with: npm start`);
}

/** Creates the companies and sites that don't exist yet, in the database that the server uses. */
async function registerSites(fleet: readonly DemoCompany[], serverUrl: string): Promise<SimulatedSite[]> {
  process.env.LOG_LEVEL ||= "warn";
  const installation = await openInstallation("tool");
  try {
    const registered: SimulatedSite[] = [];
    for (const company of fleet) {
      const siteNames = company.sites.map((site) => site.name);
      const keys = await ensureDemoSites(operatorActor("command line"), { ...company, siteNames });
      for (const site of company.sites)
        registered.push({ company, site, agent: { serverUrl, apiKey: keys.get(site.name)! } });
    }
    await prepareDemo(choicesOf(fleet[0]!));
    return registered;
  } finally {
    await installation.close();
  }
}

function eventsUntilNow({ company, site }: SimulatedSite, days: number, now: number): DemoEvent[] {
  const today = localDateOf(now, ianaZone(company.timeZone));
  return datesBack(today, days)
    .flatMap((date) => siteDay(company, site, date))
    .filter((event) => event.at <= now);
}

async function backfill(sites: readonly SimulatedSite[], days: number): Promise<void> {
  const now = Date.now();
  for (const [place, simulated] of sites.entries()) {
    const usual = eventsUntilNow(simulated, days, now);
    const story = storyAt(place, simulated, todayAt(simulated, now));
    const bar = new ProgressBar(
      `${simulated.company.name}, ${simulated.site.name}`,
      usual.length + story.length,
    );
    const beginsAt = story.find(({ at }) => at > now - STORY_MS)?.at ?? Infinity;
    const isBefore = ({ at }: DemoEvent) => at < beginsAt;
    const accepted = await send(
      simulated.agent,
      [...usual, ...story].filter(isBefore),
      PARALLEL_BATCHES,
      bar,
    );
    // In order from here on: rules must know what is usual first.
    const rest = [...usual, ...story].filter((event) => !isBefore(event)).toSorted((a, b) => a.at - b.at);
    const further = await send(simulated.agent, rest, 1, bar);
    bar.finish(`${(accepted + further).toLocaleString("en")} new events`);
  }
}

/** The story's part at one of the sites, in time order. */
function storyAt(place: number, { company, site }: SimulatedSite, today: LocalDate): DemoEvent[] {
  if (site.isClosed) return closedSiteStory(company, site, storyDate(today));
  if (place > 0) return [];
  const events = [...storyOf(company, site, today), lastWordOf(company, site, today)];
  return events.toSorted((a, b) => a.at - b.at);
}

/** Has the agents of the story's site tell how they are. */
async function tellHealth({ site, agent }: SimulatedSite): Promise<void> {
  for (const { computerName, clockAheadMs, ...told } of healthOf(site)) {
    const Timestamp = new Date(Date.now() + clockAheadMs).toISOString();
    await sendHealth(agent, computerName, { Timestamp, ...told });
  }
}

function todayAt({ company }: SimulatedSite, now: number): LocalDate {
  return localDateOf(now, ianaZone(company.timeZone));
}

/** Sends events in batches, `atOnce` at a time. Returns how many were new. */
async function send(
  agent: Agent,
  events: readonly DemoEvent[],
  atOnce: number,
  bar: ProgressBar,
): Promise<number> {
  const batches = Array.from({ length: Math.ceil(events.length / BATCH_SIZE) }, (_, index) =>
    events.slice(index * BATCH_SIZE, (index + 1) * BATCH_SIZE),
  );
  let newCount = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      for (let batch = batches.shift(); batch; batch = batches.shift()) {
        const accepted = await sendBatch(agent, batch); // apart: `+=` would read the sum before waiting
        newCount += accepted;
        bar.advance(batch.length);
      }
    }),
  );
  return newCount;
}

/** Sends the planned events when they are due, and someone's lock or unlock every few seconds in between. */
async function goOnLive(sites: readonly SimulatedSite[], seconds: number): Promise<void> {
  process.stdout.write("\nSending live events. Press Ctrl+C to stop.\n");
  const random = new SeededRandom("live", Date.now());
  const endsAt = Date.now() + seconds * 1000;
  const open = sites.filter(({ site }) => !site.isClosed);
  let since = Date.now();
  let healthAt = since;
  while (Date.now() < endsAt) {
    await delay(random.whole(1500, 4500));
    const now = Date.now();
    if (now - healthAt > HEALTH_EVERY_MS) {
      await tellHealth(sites[0]!);
      healthAt = now;
    }
    for (const simulated of sites) {
      const today = localDateOf(now, ianaZone(simulated.company.timeZone));
      const due = datesBack(today, 1)
        .flatMap((date) => siteDay(simulated.company, simulated.site, date))
        .filter((event) => event.at > since && event.at <= now);
      for (const event of due) await sendOne(simulated.agent, event);
    }
    since = now;
    await sendSurprise(random.pick(open), random, now);
  }
}

async function sendSurprise(
  { site, agent }: SimulatedSite,
  random: SeededRandom,
  now: number,
): Promise<void> {
  const person = random.pick(site.people);
  if (random.chance(0.3)) await sendHealth(agent, person.computerName);
  const body = {
    EventType: random.pick(["Lock", "Unlock", "Unlock", "Logon"]),
    UserName: person.userName,
    ComputerName: person.computerName,
    Timestamp: new Date(now + site.clockAheadMs).toISOString(),
    LocalIP: person.localIp,
    PublicIP: site.publicIp,
  };
  await sendOne(agent, { at: now, body });
}

main().catch((error: unknown) => {
  process.stderr.write(`\n${messageOf(error)}\n`);
  process.exit(1);
});
