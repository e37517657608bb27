import { expect, expectFit, giveCredentials, test, type Browser, type Page } from "../support/journey";
import { Secret, TOTP } from "otpauth";
import { PASSWORD, startOwnServer, type OwnServer } from "../support/own-server";

const SECURITY_HEADERS = {
  "x-content-type-options": "nosniff",
  "x-frame-options": "DENY",
  "referrer-policy": "same-origin",
  "cross-origin-opener-policy": "same-origin",
};
const PUBLIC_PAGES = ["/login", "/register", "/mfa", "/reset-password", "/no-such-page"];
const PRIVATE_PAGES = ["/", "/profile", "/change-password", "/set-up-mfa", "/1/dashboard", "/1/events"];

let server: OwnServer;

test.beforeAll(async () => {
  server = await startOwnServer();
});
test.afterAll(() => server?.stop());

async function openBrowser(browser: Browser): Promise<Page> {
  return (await browser.newContext({ baseURL: server.url })).newPage();
}

async function giveName(page: Page, password: string): Promise<void> {
  await page.goto("/login");
  await giveCredentials(page, "superadmin", password);
}

test("password, second step, recovery code and sign-out elsewhere, as one person meets them", async ({
  browser,
}) => {
  const page = await openBrowser(browser);
  await page.goto("/1/alerts/rules");
  await giveCredentials(page, "superadmin", "adminsuper");
  await page.waitForURL(/\/change-password\?next=%2F1%2Falerts%2Frules$/);
  await page.goto("/1/alerts/rules");
  await expect(page).toHaveURL(/\/change-password\?next=%2F1%2Falerts%2Frules$/);
  await expectFit(page);
  await page.getByLabel("Current password").fill("adminsuper");
  await page.getByLabel("New password", { exact: true }).fill(PASSWORD);
  await page.getByLabel("Confirm new password").fill(PASSWORD);
  await page.getByRole("button", { name: "Change password" }).click();
  await page.waitForURL(/\/1\/alerts\/rules$/);

  await page.goto("/set-up-mfa?next=%2F1%2Falerts");
  await expectFit(page);
  const shown = (await page.getByTestId("mfa-secret").innerText()).replaceAll(" ", "");
  const code = new TOTP({ secret: Secret.fromBase32(shown) }).generate();
  await page.getByLabel("Code from the app").fill(code);
  await page.getByRole("button", { name: "Turn on" }).click();
  const shownCodes = page.getByRole("list", { name: "Recovery codes" }).getByRole("listitem");
  await expect(shownCodes).toHaveCount(10);
  const codes = await shownCodes.allInnerTexts();
  await page.getByRole("link", { name: "I've saved these codes" }).click();
  await page.waitForURL(/\/1\/alerts$/);

  const other = await openBrowser(browser);
  await giveName(other, PASSWORD);
  await other.waitForURL(/\/mfa/);
  await expectFit(other);
  await other.getByLabel("Code").fill(code);
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await expect(other.getByText("already used")).toBeVisible();
  await other.getByLabel("Code").fill("123");
  await other.getByRole("button", { name: "Use a recovery code" }).click();
  await expect(other.getByLabel("Recovery code")).toBeFocused();
  await expect(other.getByLabel("Recovery code")).toHaveValue("");
  await other.getByLabel("Recovery code").fill(codes[0]!);
  await other.getByRole("button", { name: "Sign in", exact: true }).click();
  await other.waitForURL(/dashboard/);

  await page.goto("/profile");
  await expectFit(page);
  await page.getByRole("button", { name: "Sign out everywhere else" }).click();
  await expect(page.getByText("One other session ended.")).toBeVisible();
  await other.goto("/1/dashboard");
  await expect(other).toHaveURL(/login/);

  for (const path of PRIVATE_PAGES) await expectHeaders(page, path);
});

async function expectHeaders(page: Page, path: string): Promise<void> {
  const answer = await page.request.get(path, { maxRedirects: 0 });
  const headers = answer.headers();
  expect(headers, path).toMatchObject(SECURITY_HEADERS);
  const policy = headers["content-security-policy"] ?? "";
  const scripts = /script-src ([^;]*)/.exec(policy)?.[1] ?? "";
  expect(scripts, path).toMatch(/'nonce-[\w+/=]{20,}'/);
  expect(scripts, path).not.toMatch(/unsafe/);
  for (const part of [
    "object-src 'none'",
    "base-uri 'none'",
    "frame-ancestors 'none'",
    "form-action 'self'",
  ]) {
    expect(policy, path).toContain(part);
  }
  expect(headers["permissions-policy"], path).toContain("camera=()");
  for (const cookie of answer.headersArray().filter(({ name }) => name.toLowerCase() === "set-cookie")) {
    expect(cookie.value, path).toMatch(/HttpOnly/i);
    expect(cookie.value, path).toMatch(/SameSite=(Lax|Strict)/i);
  }
  if (answer.status() === 200) expect(headers["cache-control"], path).toContain("no-store");
}

test("every page carries the security headers, signed in or not, and a nonce of its own each time", async ({
  browser,
}) => {
  const page = await openBrowser(browser);
  for (const path of [...PUBLIC_PAGES, ...PRIVATE_PAGES]) await expectHeaders(page, path);
  const nonces = await Promise.all(
    [1, 2].map(async () => (await page.request.get("/login")).headers()["content-security-policy"]),
  );
  expect(nonces[0]).not.toBe(nonces[1]);
});

test("another site's form changes nothing, and next-auth's own endpoints take no changes", async ({
  browser,
}) => {
  const page = await openBrowser(browser);
  for (const path of ["/api/auth/callback/login", "/api/auth/signout", "/api/auth/signin/login"]) {
    expect((await page.request.post(path, { form: { pass: "x" } })).status(), path).toBe(404);
  }
  // As the server sends it, before React takes the form's action over.
  const html = await (await page.request.get("/login")).text();
  const fields = [
    ...html.matchAll(/<input type="hidden"[^>]*?name="([^"]+)"(?:[^>]*?value="([^"]*)")?/g),
  ].map(([, name, value]) => [name!, (value ?? "").replaceAll("&quot;", '"')]);
  const multipart = { ...Object.fromEntries(fields), login: "superadmin", password: PASSWORD };
  for (const headers of [{ Origin: "https://evil.example" }, {}] as Record<string, string>[]) {
    const answer = await page.request.post("/login", { headers, multipart, maxRedirects: 0 });
    expect(answer.headers()["set-cookie"] ?? "").not.toContain("winauthmon.session");
    expect(answer.headers()["set-cookie"] ?? "").not.toContain("winauthmon.ticket");
  }
  const own = await page.request.post("/login", {
    headers: { Origin: server.url },
    multipart,
    maxRedirects: 0,
  });
  expect(own.headers()["set-cookie"]).toContain("winauthmon.ticket");
});

test("a return path of another site leads to the portal's own start", async ({ browser }) => {
  const page = await openBrowser(browser);
  for (const next of ["//evil.example", "https://evil.example", "/\\evil.example"]) {
    await page.goto(`/login?${new URLSearchParams({ next })}`);
    await expect(page.locator("input[name=next]")).toHaveValue("/");
  }
});
