import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { createServer, type Server, type Socket } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { importFrom } from "../../support/import-suite";
import { originalStatements, writeSqliteOriginal } from "../../support/original-database";

let folder: string;
/** Takes every connection, and hangs up on what is said. */
let refusing: Server;
let port: number;
const SECRET = "hunter2-secret";

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-import-test-"));
  refusing = createServer((socket: Socket) => {
    socket.on("error", () => undefined);
    socket.once("data", () => socket.destroy());
  });
  await new Promise<void>((resolve) => refusing.listen(0, "127.0.0.1", resolve));
  ({ port } = refusing.address() as AddressInfo);
});
afterAll(async () => {
  refusing.close();
  await rm(folder, { recursive: true, force: true });
});

async function refusalOf(source: string, options = {}): Promise<string> {
  try {
    await importFrom(source, options);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it was not refused");
}

const unused = "127.0.0.1:1";

it.each([
  [`postgresql://u:${SECRET}@${unused}/auth`, /Can't open .*: no database server responds at this address/],
  [
    `mysql+pymysql://u:${SECRET}@${unused}/auth`,
    /Can't open .*: no database server responds at this address/,
  ],
  [
    `mssql+pyodbc://u:${SECRET}@${unused}/auth?driver=x`,
    /Can't open .*: no database server responds at this address/,
  ],
  [`postgresql://u:${SECRET}@no-such-host.invalid/auth`, /unknown host/],
  ["/nowhere/config.ini", /doesn't exist/],
  ["sqlite:////nowhere/app.db", /\/nowhere\/app.db doesn't exist/],
])("%s that cannot be reached is said in words", async (source, message) => {
  const refusal = await refusalOf(source);
  expect(refusal).toMatch(message);
  expect(refusal).not.toContain(SECRET);
});

// At once, as each is waited for ten seconds.
it.concurrent.each([
  ["postgresql", /Can't open .*: no database server responds at this address/],
  ["mysql+pymysql", /Can't open .*: the connection timed out/],
])("a server that is no %s server is said in words", async (dialect, message) => {
  const refusal = await refusalOf(`${dialect}://u:${SECRET}@127.0.0.1:${port}/auth`);
  expect(refusal).toMatch(message);
  expect(refusal).not.toContain(SECRET);
});

it("a SQL Server that hangs up is said in words", async () => {
  const refusal = await refusalOf(`mssql+pyodbc://u:${SECRET}@127.0.0.1:${port}/auth?driver=x`);
  expect(refusal).toMatch(/Can't open mssql:\/\/u@127\.0\.0\.1/);
  expect(refusal).not.toContain(SECRET);
});

it("a wrong password of a real server is said in words", async () => {
  const url = new URL(process.env.DATABASE_URL!);
  url.username = "nobody_here";
  url.password = SECRET;
  const refusal = await refusalOf(url.href.replace("postgres:", "postgresql:"));
  expect(refusal).toMatch(/it refuses this user or password/);
  expect(refusal).not.toContain(SECRET);
});

it("a database that does not exist is said in words", async () => {
  const url = new URL(process.env.DATABASE_URL!);
  url.pathname = "/no_such_database";
  expect(await refusalOf(url.href.replace("postgres:", "postgresql:"))).toMatch(/the database doesn't exist/);
});

it("a database of WinAuthMon is not one of the original", async () => {
  const refusal = await refusalOf(process.env.DATABASE_URL!.replace("postgres:", "postgresql:"));
  expect(refusal).toMatch(/is a database of WinAuthMon itself/);
});

it("another program's database is named with what it lacks", async () => {
  const source = await writeSqliteOriginal(path.join(folder, "other.db"), [
    "create table notes (id integer)",
    "create table app_auth_users (id integer, username text)",
  ]);
  const refusal = await refusalOf(source);
  expect(refusal).toMatch(/is not a database of the original server: missing .*the table app_auth_companies/);
  expect(refusal).toMatch(/the column app_auth_users\.email/);
});

it("files that are no database are told apart", async () => {
  const text = path.join(folder, "text.db");
  await writeFile(text, "hello, this is no database at all");
  expect(await refusalOf(`sqlite:///${text}`)).toMatch(/is not an SQLite database/);
  expect(await refusalOf(text)).toMatch(/has no SQLALCHEMY_DATABASE_URI/);
  const source = await writeSqliteOriginal(
    path.join(folder, "good.db"),
    await originalStatements("sqlite", "UTC", []),
  );
  expect(await refusalOf(source.slice("sqlite:///".length))).toMatch(/is a database, not a config.ini/);
});

it("without a zone nothing is guessed, and an unknown one is refused", async () => {
  const source = `sqlite:///${path.join(folder, "good.db")}`;
  expect(await refusalOf(source)).toMatch(/--timezone Europe\/London/);
  expect(await refusalOf(source, { timeZone: "Mars/Base" })).toMatch(/“Mars\/Base” \(--timezone\)/);
});

it("keys of no company need one to be named before anything is written", async () => {
  const source = `sqlite:///${path.join(folder, "good.db")}`;
  expect(await refusalOf(source, { timeZone: "UTC" })).toMatch(/1 API keys belong to no company.*--company/s);
});
