import { chromium, type Browser, type BrowserContext, type CDPSession, type Page } from "playwright-core";
import { chromiumLaunchOptions } from "../support/chromium";
import { onBenchServer, API_KEY } from "./bench-server";
import { limitFigure, median, plainFigure, tableOf, type Figure } from "./figures";
import { fillCompany } from "./fill-company";

const ROWS = 100_000;
const RUNS = 3;
const SETTLE_MILLISECONDS = 1_500;
const IDLE_SECONDS = 60;
const EVENT_EVERY_MILLISECONDS = 5_000;
const MOST_SCRIPT_KILOBYTES = 200;
const MOST_REQUESTS = 25;
const PAGES = ["dashboard", "events", "time-spent", "failures", "computers"] as const;
/** Pages whose weight is bounded; the others are printed beside them. */
const BOUNDED: ReadonlySet<string> = new Set(["dashboard", "events"]);
const PASSWORD = "Quiet-Harbour-47-lamps";

interface Weight {
  requests: number;
  /** As sent, after compression. */
  scriptBytes: number;
  allBytes: number;
  /** The document before compression. */
  documentBytes: number;
  /** Largest Contentful Paint, milliseconds. */
  largestPaint: number;
}

/**
 * Measures what a browser loads for each main page of a company with a hundred thousand events, in real Chromium:
 * with an empty cache (cold) and with a filled one (warm), the median of three. Then what open pages ask for while
 * they are idle: without an event for a minute, and with one every five seconds.
 */
export async function benchPages(options: readonly string[]): Promise<void> {
  const idleSeconds = options.includes("--quick") ? 15 : IDLE_SECONDS;
  await onBenchServer(async (bench) => {
    const until = Date.now();
    const common = {
      rows: ROWS,
      days: 30,
      accounts: 300,
      activeAccounts: 150,
      computers: 150,
      sites: 3,
      until,
    };
    const { companyId } = await fillCompany(bench.sql, { name: "Large", ...common });
    await bench.sql`vacuum analyze`;
    const origin = `http://127.0.0.1:${bench.server.port}`;
    const browser = await chromium.launch(chromiumLaunchOptions());
    try {
      const state = await signIn(browser, origin);
      const figures: Figure[] = [];
      for (const name of PAGES) {
        const url = `${origin}/${companyId}/${name}`;
        figures.push(...(await weigh(browser, state, name, url)));
      }
      figures.push(...(await idle(browser, state, origin, idleSeconds)));
      console.log(`\n${tableOf(figures)}\n`);
    } finally {
      await browser.close();
    }
  });
}

type SignedIn = Awaited<ReturnType<BrowserContext["storageState"]>>;

async function signIn(browser: Browser, origin: string): Promise<SignedIn> {
  const context = await browser.newContext();
  const page = await context.newPage();
  await page.goto(`${origin}/login`);
  await page.getByLabel("Username or email").fill("superadmin");
  await page.getByLabel("Password", { exact: true }).fill("adminsuper");
  await page.getByRole("button", { name: "Sign in" }).click();
  await page.getByLabel("Current password").fill("adminsuper");
  await page.getByLabel("New password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Confirm new password").fill(PASSWORD);
  await page.getByRole("button", { name: "Change password" }).click();
  await page.getByRole("link", { name: "Dashboard" }).first().waitFor();
  const state = await context.storageState();
  await context.close();
  return state;
}

async function weigh(browser: Browser, state: SignedIn, name: string, url: string): Promise<Figure[]> {
  const runs: { cold: Weight; warm: Weight }[] = [];
  // The first look makes the server compile and cache; it is not counted.
  for (let run = 0; run <= RUNS; run += 1) {
    const context = await browser.newContext({ storageState: state, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const meter = await LoadMeter.on(page);
    const cold = await meter.load(url);
    const warm = await meter.load(url);
    if (run > 0) runs.push({ cold, warm });
    await context.close();
  }
  return (["cold", "warm"] as const).flatMap((state) =>
    figuresOf(
      name,
      state,
      runs.map((run) => run[state]),
    ),
  );
}

function figuresOf(name: string, state: "cold" | "warm", weights: readonly Weight[]): Figure[] {
  const middle = (key: keyof Weight) => median(weights.map((weight) => weight[key]));
  const label = `${name}, ${state}`;
  const isBounded = state === "cold" && BOUNDED.has(name);
  const [script, requests] = [middle("scriptBytes") / 1000, middle("requests")];
  return [
    isBounded
      ? limitFigure(`${label}: JavaScript`, script, MOST_SCRIPT_KILOBYTES + 0.05, "kB")
      : plainFigure(`${label}: JavaScript`, `${script.toFixed(0)} kB`),
    isBounded
      ? limitFigure(`${label}: requests`, requests, MOST_REQUESTS + 1, "")
      : plainFigure(`${label}: requests`, String(requests)),
    plainFigure(
      `${label}: all, document unpacked, LCP`,
      `${(middle("allBytes") / 1000).toFixed(0)} kB, ${(middle("documentBytes") / 1000).toFixed(0)} kB, ${middle("largestPaint").toFixed(0)} ms`,
    ),
  ];
}

/** Counts what one page loads, through the browser's own protocol. */
class LoadMeter {
  #requests = new Map<string, { type: string; bytes: number }>();
  #unpacked = 0;

  private constructor(
    readonly page: Page,
    readonly protocol: CDPSession,
  ) {}

  static async on(page: Page): Promise<LoadMeter> {
    const protocol = await page.context().newCDPSession(page);
    const meter = new LoadMeter(page, protocol);
    await protocol.send("Network.enable");
    protocol.on("Network.requestWillBeSent", ({ requestId, type, request }) => {
      if (!request.url.startsWith("data:"))
        meter.#requests.set(requestId, { type: type ?? "Other", bytes: 0 });
    });
    protocol.on("Network.requestServedFromCache", ({ requestId }) => meter.#requests.delete(requestId));
    protocol.on("Network.responseReceived", ({ requestId, response }) => {
      if (response.fromDiskCache) meter.#requests.delete(requestId);
    });
    protocol.on("Network.dataReceived", ({ requestId, dataLength }) => {
      if (meter.#requests.get(requestId)?.type === "Document") meter.#unpacked += dataLength;
    });
    protocol.on("Network.loadingFinished", ({ requestId, encodedDataLength }) => {
      const request = meter.#requests.get(requestId);
      if (request) request.bytes = encodedDataLength;
    });
    await page.addInitScript(() => {
      const seen = globalThis as { largestPaint?: number };
      new PerformanceObserver((list) => {
        seen.largestPaint = list.getEntries().at(-1)?.startTime;
      }).observe({ type: "largest-contentful-paint", buffered: true });
    });
    return meter;
  }

  async load(url: string): Promise<Weight> {
    this.reset();
    await this.page.goto(url, { waitUntil: "load" });
    await this.page.waitForTimeout(SETTLE_MILLISECONDS);
    const all = [...this.#requests.values()];
    const bytesOf = (wanted: readonly { bytes: number }[]) =>
      wanted.reduce((sum, { bytes }) => sum + bytes, 0);
    return {
      requests: all.length,
      scriptBytes: bytesOf(all.filter(({ type }) => type === "Script")),
      allBytes: bytesOf(all),
      documentBytes: this.#unpacked,
      largestPaint: await this.page.evaluate(
        () => (globalThis as { largestPaint?: number }).largestPaint ?? 0,
      ),
    };
  }

  reset(): void {
    this.#requests.clear();
    this.#unpacked = 0;
  }

  get count(): number {
    return this.#requests.size;
  }
}

/** Requests of idle open pages, first in silence and then with an event every five seconds. */
async function idle(browser: Browser, state: SignedIn, origin: string, seconds: number): Promise<Figure[]> {
  const figures: Figure[] = [];
  // While a company waits for its first computer, its dashboard looks now and then.
  await post(origin, 0);
  for (const name of ["dashboard", "events"] as const) {
    const context = await browser.newContext({ storageState: state, viewport: { width: 1440, height: 900 } });
    const page = await context.newPage();
    const meter = await LoadMeter.on(page);
    // The company of the bench's API key.
    await meter.load(`${origin}/1/${name}`);
    meter.reset();
    await page.waitForTimeout(seconds * 1000);
    figures.push(limitFigure(`${name}: requests in ${seconds} s without an event`, meter.count, 1, ""));
    meter.reset();
    const events = Math.floor((seconds * 1000) / EVENT_EVERY_MILLISECONDS);
    for (let number = 0; number < events; number += 1) {
      await post(origin, number);
      await page.waitForTimeout(EVENT_EVERY_MILLISECONDS);
    }
    figures.push(limitFigure(`${name}: requests an event, one every 5 s`, meter.count / events, 1.01, ""));
    await context.close();
  }
  return figures;
}

async function post(origin: string, number: number): Promise<void> {
  const answer = await fetch(`${origin}/api/log_event`, {
    method: "POST",
    headers: { "X-API-Key": API_KEY },
    body: JSON.stringify({
      EventType: number % 2 === 0 ? "Logon" : "Lock",
      UserName: `person.${number % 7}`,
      ComputerName: `PC-${number % 5}`,
      Timestamp: new Date().toISOString(),
    }),
  });
  if (answer.status !== 201) throw new Error(`Expected 201, got ${answer.status}.`);
}
