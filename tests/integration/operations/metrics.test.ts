import { readFileSync } from "node:fs";
import { sql } from "drizzle-orm";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { refreshEnv } from "@/lib/env";
import { unseal } from "@/lib/secret-box";
import { agentRoute } from "@/lib/server/agent-api/web-mount";
import { metricsResponse } from "@/lib/server/metrics-response";
import { signInWithPassword } from "@/lib/services/auth/sign-in";
import { JOBS } from "@/lib/services/jobs/registry";
import { runJobIfDue } from "@/lib/services/jobs/run-job";
import { auditVerifyJob } from "@/lib/services/audit/audit-verify-job";
import { setSettings } from "../../support/aged-records";
import { provideOwnDatabase } from "../../support/own-database";
import { makeCompany } from "../../support/stored-events";

provideOwnDatabase();

const TOKEN = "a token of the tests only";
const NAME = "Very Private Company";
let key: string;

function setToken(token: string | undefined): void {
  if (token === undefined) delete process.env.METRICS_TOKEN;
  else process.env.METRICS_TOKEN = token;
  refreshEnv();
}

const ask = (authorization?: string) =>
  metricsResponse(
    new Request("http://localhost/api/metrics", { headers: authorization ? { authorization } : {} }),
  );

async function scrape(): Promise<string> {
  const response = await ask(`Bearer ${TOKEN.replaceAll(" ", "-")}`);
  expect(response.status).toBe(200);
  expect(response.headers.get("content-type")).toContain("text/plain");
  return response.text();
}

function valueOf(text: string, series: string): number {
  const line = text.split("\n").find((candidate) => candidate.startsWith(`${series} `));
  return line ? Number(line.slice(series.length + 1)) : NaN;
}

async function post(path: string, body: unknown, apiKey = key): Promise<Response> {
  return agentRoute(path).POST(
    new Request(`http://localhost${path}`, {
      method: "POST",
      headers: { "X-API-Key": apiKey, "X-Request-Id": "given-by-the-agent" },
      body: JSON.stringify(body),
    }),
  );
}

const event = (user: string, more: object = {}) => ({
  EventType: "Logon",
  UserName: user,
  ComputerName: "SECRET-PC",
  Timestamp: "2026-01-05T10:00:00Z",
  ...more,
});

beforeAll(async () => {
  setToken(TOKEN.replaceAll(" ", "-"));
  await setSettings({ timeZone: "UTC" });
  const { companyId } = await makeCompany(NAME);
  const [row] = await database().execute<{ sealed: Buffer }>(
    sql`select key_encrypted as sealed from app_auth_api_keys where company_id = ${companyId}`,
  );
  key = unseal(row!.sealed, "api-key");
});
afterAll(() => setToken(undefined));

describe("the metrics", () => {
  it("are there for the token alone, and without one the address is not there", async () => {
    expect((await ask()).status).toBe(401);
    expect((await ask("Bearer wrong")).status).toBe(401);
    expect((await ask(`Basic ${TOKEN}`)).status).toBe(401);
    const token = process.env.METRICS_TOKEN;
    setToken(undefined);
    expect((await ask(`Bearer ${token}`)).status).toBe(404);
    expect((await ask()).status).toBe(404);
    setToken(token);
  });

  it("count what agents send by what came of it, and name nobody", async () => {
    const answer = await post("/api/log_event", event("hidden.person"));
    expect(answer.status).toBe(201);
    expect(answer.headers.get("x-request-id")).toBe("given-by-the-agent");
    await post("/api/log_event", event("hidden.person"));
    await post("/api/log_event", event("hidden.person", { Timestamp: "yesterday" }));
    await post("/api/log_event", event("hidden.person"), "0".repeat(64));
    await post("/api/log_events", [event("a"), event("b"), event("c", { ComputerName: "" })]);
    const signIn = signInWithPassword({
      login: "hidden.person",
      password: "wrong",
      address: "192.0.2.77",
      userAgent: null,
      isRemembered: false,
      browser: null,
      replacedSessionId: null,
    });
    await expect(signIn).rejects.toMatchObject({ code: "unauthenticated" });
    const text = await scrape();
    const of = (series: string) => valueOf(text, `winauthmon_${series}`);
    expect(of('events_total{outcome="accepted"}')).toBe(3);
    expect(of('events_total{outcome="duplicate"}')).toBe(1);
    expect(of('rejections_total{reason="Timestamp"}')).toBe(1);
    expect(of('rejections_total{reason="ComputerName"}')).toBe(1);
    expect(of('rejections_total{reason="api key"}')).toBe(1);
    expect(of('agent_requests_total{path="/api/log_event",status="201"}')).toBe(1);
    expect(of("ingest_seconds_count")).toBe(3);
    expect(of("commit_events_sum")).toBe(4);
    expect(of('sign_in_failures_total{reason="wrong"}')).toBe(1);
    expect(of("commit_queue_events")).toBe(0);
    expect(of("live_feeds")).toBe(0);
    expect(of("database_up")).toBe(1);
    for (const name of ["hidden.person", "SECRET-PC", NAME, "192.0.2.77", key])
      expect(text).not.toContain(name);
  });

  it("tell of jobs", async () => {
    await runJobIfDue(auditVerifyJob, new AbortController().signal);
    const text = await scrape();
    expect(valueOf(text, 'winauthmon_job_runs_total{job="audit-verify",outcome="done"}')).toBe(1);
    const at = valueOf(text, 'winauthmon_job_last_success_timestamp_seconds{job="audit-verify"}');
    expect(Math.abs(Date.now() / 1000 - at)).toBeLessThan(600);
  });

  it("count a job's failures from 0 on, so that an alarm on their increase fires for the very first", async () => {
    const failures = (text: string) =>
      JOBS.map(({ name }) => [
        name,
        valueOf(text, `winauthmon_job_runs_total{job="${name}",outcome="failed"}`),
      ]);
    expect(failures(await scrape())).toEqual(JOBS.map(({ name }) => [name, 0]));
    const run = () => Promise.reject(new Error("The disk is full."));
    const backup = { ...JOBS.find(({ name }) => name === "backup")!, schedule: auditVerifyJob.schedule, run };
    expect(await runJobIfDue(backup, new AbortController().signal)).toBe("failed");
    const text = await scrape();
    expect(failures(text)).toEqual(JOBS.map(({ name }) => [name, name === "backup" ? 1 : 0]));
    expect(text).not.toContain('winauthmon_job_last_success_timestamp_seconds{job="backup"}');
  });

  it("hold every one that the documented alarms ask for", async () => {
    const names = new Set((await scrape()).match(/^[a-z_0-9]+/gm));
    const guide = readFileSync("docs/operations.md", "utf8");
    const [, alarms] = /Set alarms for these conditions:\n([\s\S]*?)\n\n`GET/.exec(guide)!;
    const asked = alarms!.match(/\bwinauthmon_[a-z_0-9]+/g)!;
    expect(asked.length).toBeGreaterThan(5);
    expect(asked.filter((name) => !names.has(name))).toEqual([]);
  });

  it("hold every one that the Grafana dashboard asks for", async () => {
    const names = new Set((await scrape()).match(/^[a-z_0-9]+/gm));
    const dashboard = JSON.parse(readFileSync("docs/grafana-dashboard.json", "utf8")) as {
      panels: { title: string; targets: { expr: string }[] }[];
    };
    const queries = dashboard.panels.flatMap(({ targets }) => targets.map(({ expr }) => expr));
    expect(queries.length).toBeGreaterThan(20);
    const asked = queries.map((expr) => expr.match(/\b(?:winauthmon|process|nodejs)_[a-z_0-9]+/g) ?? []);
    expect(asked.filter((found) => found.length === 0)).toEqual([]);
    expect(asked.flat().filter((name) => !names.has(name))).toEqual([]);
  });
});
