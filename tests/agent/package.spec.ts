import { execFileSync, spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect, test, type Browser, type Page } from "@playwright/test";
import { unzipSync } from "fflate";
import { signedIn } from "../support/journey";
import { startPopulatedPortal, type PopulatedPortal } from "../support/portal-people";

const INSTALL_DIR = "C:\\ProgramData\\User Session Mon";
/** The service's life in the Go test: 40 events from before it was installed, and 5 from between. */
const SPOOLED_EVENTS = 45;

const folder = mkdtempSync(path.join(tmpdir(), "winauthmon-package-"));
test.afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** A private authority and a certificate of it for this computer, as PEM files. */
function makeCertificate(): { authority: string; certificate: string; key: string } {
  const at = (name: string) => path.join(folder, name);
  const openssl = (...args: string[]) => {
    try {
      execFileSync("openssl", args, { stdio: "pipe" });
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== "ENOENT") throw error;
      throw new Error("openssl is missing. On Debian or Ubuntu: apt-get install openssl", { cause: error });
    }
  };
  const newKey = ["-newkey", "rsa:2048", "-nodes"];
  openssl("req", "-x509", ...newKey, "-keyout", at("ca.key"), "-out", at("ca.pem"), "-days", "30", "-subj", "/CN=A private CA");
  openssl("req", ...newKey, "-keyout", at("portal.key"), "-out", at("portal.csr"), "-subj", "/CN=portal");
  writeFileSync(at("names"), "subjectAltName=DNS:localhost,IP:127.0.0.1\n");
  openssl(
    "x509", "-req", "-in", at("portal.csr"), "-CA", at("ca.pem"), "-CAkey", at("ca.key"), "-CAcreateserial",
    "-out", at("portal.pem"), "-days", "30", "-extfile", at("names"),
  );
  return { authority: at("ca.pem"), certificate: at("portal.pem"), key: at("portal.key") };
}

/** Fills the form as an administrator would and unpacks what the browser then saves. */
async function downloadPackage(page: Page, companyId: number, into: string): Promise<void> {
  await page.goto(`/${companyId}/agent`);
  await page.getByLabel("Server address").fill(new URL(page.url()).origin);
  await page.getByLabel("Installation folder").fill(INSTALL_DIR);
  await page.getByLabel("Health check interval (seconds)").fill("1");
  await page.getByLabel("Look up the computer's public address").click();
  const [download] = await Promise.all([
    page.waitForEvent("download"),
    page.getByRole("button", { name: "Download package" }).click(),
  ]);
  mkdirSync(into, { recursive: true });
  for (const [name, bytes] of Object.entries(unzipSync(readFileSync(await download.path())))) {
    writeFileSync(path.join(into, name), bytes);
  }
}

/** What README.txt of the package tells an administrator with a private authority to do. */
function trustAuthority(packageFolder: string, authority: string): void {
  writeFileSync(path.join(packageFolder, "ca.pem"), readFileSync(authority));
  const config = path.join(packageFolder, "config.ini");
  writeFileSync(config, readFileSync(config, "utf8").replace("[API]\r\n", "[API]\r\nca_file = ca.pem\r\n"));
}

/** Runs the unpacked package under Wine: installs, sends, stops, upgrades and uninstalls. */
async function runUnderWine(packageFolder: string, key: string): Promise<void> {
  const args = ["test", "-count=1", "-timeout=9m", "-tags", "wine portal", "-v", "-run", "TestPackageFromAPortal", "./winetest"];
  const child = spawn("go", args, {
    cwd: "agent",
    env: { ...process.env, WINAUTHMON_TEST_PACKAGE: packageFolder, WINAUTHMON_TEST_KEY: key },
    stdio: "inherit",
  });
  const code = await new Promise((resolve, reject) => {
    child.once("error", () => reject(new Error("Go is missing. On Debian or Ubuntu: apt-get install golang-go")));
    child.once("exit", resolve);
  });
  expect(code).toBe(0);
}

interface ReadEvent {
  id: number;
  userName: string;
  computerName: string;
  occurredAt: string;
}

/** Each spooled event is there once, and those of a computer were stored in the order of their time. */
async function expectArrived(page: Page, companyId: number): Promise<void> {
  const answer = await page.request.get(
    `/api/v1/events?company=${companyId}&range=7d&q=wine-&sort=time&size=1000`,
  );
  expect(answer.status(), await answer.text()).toBe(200);
  const { rows } = (await answer.json()) as { rows: ReadEvent[] };
  const sent = rows.filter((row) => row.userName.startsWith("wine-"));
  expect(new Set(sent.map((row) => `${row.computerName} ${row.occurredAt}`)).size).toBe(SPOOLED_EVENTS);
  expect(sent).toHaveLength(SPOOLED_EVENTS);
  for (const computer of new Set(sent.map((row) => row.computerName))) {
    const ids = sent.filter((row) => row.computerName === computer).map((row) => row.id);
    expect(ids).toEqual(ids.toSorted((one, other) => one - other));
  }
}

/** The computer that Wine plays stands on the Computers page with the agent's version and as reporting. */
async function expectReporting(page: Page, companyId: number): Promise<void> {
  const version = readFileSync("agent/VERSION", "utf8").trim();
  await page.goto(`/${companyId}/computers`);
  await expect(page.getByRole("row").filter({ hasText: version }).first()).toBeVisible();
}

async function goThrough(browser: Browser, env: Record<string, string>, authority?: string): Promise<void> {
  const portal = await startPopulatedPortal(env);
  try {
    const page = await signedIn(browser, portal.server.url, "companyadmin");
    const packageFolder = path.join(folder, authority ? "https" : "http");
    await downloadPackage(page, portal.own.id, packageFolder);
    const [exe, committed] = [path.join(packageFolder, "winagentUSM.exe"), "agent/dist/winagentUSM.exe"];
    expect(readFileSync(exe).equals(readFileSync(committed))).toBe(true);
    expect(readFileSync(path.join(packageFolder, "config.ini"), "utf8")).toContain(`server_url = ${portal.server.url}\r\n`);
    if (authority) trustAuthority(packageFolder, authority);
    await runUnderWine(packageFolder, portal.own.key);
    await expectArrived(page, portal.own.id);
    await expectReporting(page, portal.own.id);
  } finally {
    await portal.stop();
  }
}

test("the package downloaded from the portal runs as a service and loses no event, over http", async ({ browser }) => {
  await goThrough(browser, {});
});

test("the same over https with a certificate of a private authority", async ({ browser }) => {
  const { authority, certificate, key } = makeCertificate();
  await goThrough(browser, { SSL_CERTFILE: certificate, SSL_KEYFILE: key }, authority);
});
