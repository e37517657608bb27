import { connect, type RawSql } from "@/db/client";
import { expect, expectSound, signedIn, test } from "../support/journey";
import { startReadyServer, type OwnServer } from "../support/own-server";
import { openReplicatedPostgres, type ReplicatedPostgres } from "../support/streaming-replica";

const SHOTS = process.env.SHOTS;

let postgres: ReplicatedPostgres;
let replica: RawSql;
let server: OwnServer;

test.beforeAll(async () => {
  postgres = await openReplicatedPostgres();
  server = await startReadyServer({
    DATABASE_URL: postgres.primaryUrl,
    DATABASE_READ_URL: postgres.replicaUrl,
    DATABASE_READ_LAG_SECONDS: "600",
  });
  replica = connect(postgres.replicaUrl, { max: 1 });
});
test.afterAll(async () => {
  await replica?.end();
  await server?.stop();
  await postgres?.stop();
});

test("System shows a replica, reports come from it, and what one has just changed from the primary", async ({
  browser,
}) => {
  test.setTimeout(180_000);
  const page = await signedIn(browser, server.url, "superadmin");
  const row = page.getByRole("row", { name: /Up to date/ });
  const reads = async () => Number((await row.getByRole("cell").last().textContent())!.replaceAll(/\D/g, ""));
  await expect(async () => {
    await page.goto("/admin/system");
    await expect(row).toBeVisible({ timeout: 1_000 });
  }).toPass({ timeout: 30_000 });
  await expectSound(page);
  if (SHOTS) await page.screenshot({ path: `${SHOTS}/replicas.png`, fullPage: true });

  const before = await reads();
  await page.goto("/1/failures");
  await expect(page.getByRole("heading", { name: "Failed logons", level: 1 })).toBeVisible();
  await page.goto("/admin/system");
  expect(await reads()).toBeGreaterThan(before);

  // From here on the replica holds nothing new, and is near enough for everybody who has changed nothing.
  await replica`select pg_wal_replay_pause()`;
  await page.goto("/admin/companies");
  await page.getByRole("button", { name: "Add company" }).click();
  const dialog = page.getByRole("dialog");
  await dialog.getByLabel("Name").fill("Brand New");
  await dialog.getByRole("button", { name: "Add company" }).click();
  await expect(dialog).toBeHidden();
  const list = async () => {
    const answer = await page.request.get("/api/v1/reports/companies?company=all");
    return answer.text();
  };
  expect(await list()).toContain("Brand New");
  await page.goto("/admin/system");
  const paused = await reads();
  await list();
  await page.reload();
  expect(await reads()).toBe(paused);

  await replica`select pg_wal_replay_resume()`;
  await expect(async () => {
    expect(await list()).toContain("Brand New");
    await page.reload();
    expect(await reads()).toBeGreaterThan(paused);
  }).toPass({ timeout: 30_000 });
});
