// node scripts/screenshots.mjs: makes the README's pictures from the demo, on an empty installation of its own.
import { spawn } from "node:child_process";
import { mkdir, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { ensureBuild } from "./lib/build.mjs";
import { ensureChromium } from "./lib/chromium.mjs";
import { ensureDependencies } from "./lib/dependencies.mjs";
import { main, root } from "./lib/project.mjs";

const PASSWORD = "Pictures-for-the-README-7";
const PICTURES = [
  { name: "dashboard-dark", path: "/2/dashboard?range=7d", scheme: "dark", width: 1440 },
  { name: "events-light", path: "/2/events?range=7d", scheme: "light", width: 1440 },
  {
    name: "alert-dark",
    path: "/2/alerts?rule=password-guessed",
    open: "Password guessed",
    scheme: "dark",
    width: 1300,
  },
  { name: "dashboard-phone", path: "/2/dashboard?range=7d", scheme: "dark", width: 390 },
];

await main(async () => {
  await ensureDependencies();
  await ensureBuild();
  const dataDir = await mkdtemp(path.join(tmpdir(), "winauthmon-pictures-"));
  const env = {
    ...process.env,
    DATA_DIR: dataDir,
    DATABASE_URL: "",
    AUTH_SECRET: "",
    PORT: "8766",
    HOST: "127.0.0.1",
    INITIAL_ADMIN_PASSWORD: PASSWORD,
    LOG_LEVEL: "warn",
    NODE_ENV: "production",
  };
  const server = spawn(process.execPath, ["dist/server.mjs"], {
    cwd: root,
    env,
    stdio: ["ignore", "pipe", "inherit"],
  });
  try {
    await heard(server, "WinAuthMon is ready");
    const demo = spawn(process.execPath, ["dist/demo.mjs", "--no-live"], {
      cwd: root,
      env,
      stdio: "inherit",
    });
    await new Promise((resolve) => demo.once("exit", resolve));
    await takePictures(`http://localhost:${env.PORT}`);
  } finally {
    server.kill("SIGTERM");
    await new Promise((resolve) => server.once("exit", resolve));
    await rm(dataDir, { recursive: true, force: true });
  }
});

function heard(child, words) {
  return new Promise((resolve, reject) => {
    child.stdout.on("data", (chunk) => String(chunk).includes(words) && resolve());
    child.once("exit", () => reject(new Error("The server ended before it was ready.")));
  });
}

async function takePictures(baseURL) {
  const { chromium } = await import("playwright-core");
  const args = process.geteuid?.() === 0 ? ["--no-sandbox"] : [];
  const browser = await chromium.launch({ executablePath: await ensureChromium(), args });
  const folder = path.join(root, "docs", "images");
  await mkdir(folder, { recursive: true });
  let storageState;
  for (const { name, path: page, open, scheme, width } of PICTURES) {
    const viewport = { width, height: width < 500 ? 844 : 900 };
    const context = await browser.newContext({ baseURL, viewport, storageState });
    const tab = await context.newPage();
    await tab.addInitScript((theme) => localStorage.setItem("winauthmon:theme", theme), scheme);
    storageState ??= await signIn(tab);
    await tab.goto(page);
    if (open) await openNewest(tab, open);
    await tab.waitForTimeout(2500);
    await tab.screenshot({ path: path.join(folder, `${name}.png`) });
    await context.close();
  }
  await browser.close();
}

/** Opens the first link of that name: rules look at the demo's events in the background, so it may take a while to appear. */
async function openNewest(tab, name) {
  const link = tab.getByRole("link", { name, exact: true }).first();
  for (const until = Date.now() + 10 * 60_000; !(await link.isVisible()) && Date.now() < until;) {
    await tab.waitForTimeout(5000);
    await tab.reload();
  }
  await link.click();
  await tab.mouse.move(0, 0);
  await tab.getByRole("heading", { name: "Evidence" }).waitFor();
}

async function signIn(tab) {
  await tab.goto("/login");
  await tab.getByLabel("Username or email").fill("superadmin");
  await tab.getByLabel("Password", { exact: true }).fill(PASSWORD);
  await tab.getByRole("button", { name: "Sign in" }).click();
  await tab.waitForURL(/dashboard/);
  return tab.context().storageState();
}
