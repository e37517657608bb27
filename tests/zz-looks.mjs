import { chromium } from "playwright-core";
import { AxeBuilder } from "@axe-core/playwright";
import { mkdirSync, writeFileSync } from "node:fs";
const base = process.argv[2],
  out = process.argv[3],
  paths = process.argv.slice(4);
mkdirSync(out, { recursive: true });
const browser = await chromium.launch({ executablePath: "/usr/bin/chromium", args: ["--no-sandbox"] });
const problems = [];
const shots = [];
const context = await browser.newContext({ baseURL: base });
let page = await context.newPage();
await page.goto("/login");
await page.getByLabel("Username or email").fill("superadmin");
await page.getByLabel("Password", { exact: true }).fill("Correct-Horse-9");
await page.getByRole("button", { name: "Sign in" }).click();
await page.waitForURL(/dashboard/);
page.on(
  "console",
  (m) => m.type() === "error" && problems.push(`${page.url()} console: ${m.text().slice(0, 200)}`),
);
page.on("pageerror", (e) => problems.push(`${page.url()} pageerror: ${e.message.slice(0, 200)}`));
for (const p of paths)
  for (const [theme, width] of [
    ["dark", 1440],
    ["light", 1440],
    ["dark", 390],
    ["light", 390],
  ]) {
    await page.setViewportSize({ width, height: width === 390 ? 844 : 900 });
    await page.evaluate((t) => localStorage.setItem("winauthmon:theme", t), theme);
    const answer = await page.goto(p).catch((e) => {
      problems.push(`${p}: ${e.message}`);
    });
    if (!answer) continue;
    if (answer.status() !== 200) problems.push(`${p}: ${answer.status()}`);
    await page
      .locator("h1")
      .first()
      .waitFor({ timeout: 10000 })
      .catch(() => problems.push(`${p}: no h1`));
    await page.waitForTimeout(700);
    const over = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    if (over > 0) problems.push(`${p} ${theme} ${width}: ${over} px too wide`);
    const axe = await new AxeBuilder({ page })
      .withTags(["wcag2a", "wcag2aa", "wcag21aa", "wcag22aa"])
      .analyze();
    for (const v of axe.violations)
      problems.push(`${p} ${theme} ${width}: axe ${v.id} ${v.nodes[0].html.slice(0, 150)}`);
    const name = `${p.replaceAll(/[^a-z0-9]+/gi, "_")}-${theme}-${width}.png`;
    await page.screenshot({ path: `${out}/${name}`, fullPage: width === 390 ? true : false });
    shots.push({ p, name, width, theme });
  }
writeFileSync(`${out}/problems.txt`, problems.join("\n"));
for (const width of [1440, 390]) {
  const list = shots.filter((s) => s.width === width);
  const per = width === 1440 ? 6 : 8;
  for (let i = 0; i < list.length; i += per) {
    const html = `<body style="margin:0;background:#777;display:flex;flex-wrap:wrap;gap:8px">${list
      .slice(i, i + per)
      .map(
        (s) =>
          `<div style="width:${width === 1440 ? 900 : 260}px"><div style="font:14px sans-serif;color:#fff">${s.p} ${s.theme}</div><img style="width:100%;max-height:1500px;object-fit:cover;object-position:top" src="file://${out}/${s.name}"></div>`,
      )
      .join("")}</body>`;
    writeFileSync(`${out}/m.html`, html);
    const m = await browser.newPage({ viewport: { width: width === 1440 ? 1820 : 1080, height: 600 } });
    await m.goto(`file://${out}/m.html`);
    await m.screenshot({ path: `${out}/montage-${width}-${i / per}.png`, fullPage: true });
    await m.close();
  }
}
await browser.close();
console.log(problems.join("\n"), `\n${shots.length} shots`);
