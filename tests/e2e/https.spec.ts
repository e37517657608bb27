import { execFile } from "node:child_process";
import { copyFileSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect, type PeerCertificate } from "node:tls";
import { promisify } from "node:util";
import { expect, giveCredentials, test } from "../support/journey";
import { PASSWORD, startOwnServer, type OwnServer } from "../support/own-server";

const run = promisify(execFile);
const folder = mkdtempSync(path.join(tmpdir(), "winauthmon-https-"));
const certFile = path.join(folder, "cert.pem");
const keyFile = path.join(folder, "key.pem");
let server: OwnServer;

/** What `npm run cert` runs, with a data folder of its own; rejects with what it said when it fails. */
async function makeCertificate(dataDir: string, ...args: string[]): Promise<{ cert: string; key: string }> {
  await run(process.execPath, ["dist/cert.mjs", ...args], { env: { ...process.env, DATA_DIR: dataDir } });
  return { cert: path.join(dataDir, "tls", "cert.pem"), key: path.join(dataDir, "tls", "key.pem") };
}

test.beforeAll(async () => {
  const made = await makeCertificate(path.join(folder, "first"), "localhost", "127.0.0.1");
  copyFileSync(made.cert, certFile);
  copyFileSync(made.key, keyFile);
  server = await startOwnServer({
    SSL_CERTFILE: certFile,
    SSL_KEYFILE: keyFile,
    INITIAL_ADMIN_PASSWORD: PASSWORD,
  });
});
test.afterAll(async () => {
  await server?.stop();
  rmSync(folder, { recursive: true, force: true });
});

interface Shaken {
  certificate: PeerCertificate;
  protocol: string | null;
  alpn: string | false | null;
}

/** The certificate and protocol a new connection is given. */
function shakeHands(
  options: { maxVersion?: "TLSv1.1"; minVersion?: "TLSv1"; ciphers?: string } = {},
): Promise<Shaken> {
  const { hostname, port } = new URL(server.url);
  return new Promise((resolve, reject) => {
    const socket = connect(
      {
        host: hostname,
        port: Number(port),
        rejectUnauthorized: false,
        ALPNProtocols: ["h2", "http/1.1"],
        ...options,
      },
      () => {
        const certificate = socket.getPeerCertificate();
        const [protocol, alpn] = [socket.getProtocol(), socket.alpnProtocol];
        socket.end();
        resolve({ certificate, protocol, alpn });
      },
    );
    socket.once("error", reject);
  });
}

test("signed in over https, every cookie is of this host alone, and browsers are told to stay with https", async ({
  browser,
}) => {
  expect(server.url).toMatch(/^https:/);
  const context = await browser.newContext({ baseURL: server.url, ignoreHTTPSErrors: true });
  const page = await context.newPage();
  const login = (await page.goto("/login"))!;
  expect(login.headers()["strict-transport-security"]).toMatch(/max-age=\d{7,}/);
  await giveCredentials(page);
  await page.waitForURL(/dashboard/);
  await expect(page.getByText("Live", { exact: true })).toBeVisible();
  const cookies = (await context.cookies()).filter(({ name }) => /session|ticket|csrf/i.test(name));
  expect(cookies.length).toBeGreaterThan(0);
  for (const cookie of cookies) {
    expect(cookie.name).toMatch(/^__Host-/);
    expect(cookie).toMatchObject({ secure: true, httpOnly: true, path: "/" });
    expect(cookie.domain).not.toMatch(/^\./);
  }
});

test("TLS 1.1 is refused, and HTTP/1.1 is spoken", async () => {
  // OpenSSL itself refuses to offer so old a version unless its own demands are lowered.
  await expect(
    shakeHands({ minVersion: "TLSv1", maxVersion: "TLSv1.1", ciphers: "DEFAULT@SECLEVEL=0" }),
  ).rejects.toThrow(/protocol version|alert/i);
  const { protocol, alpn } = await shakeHands();
  expect(protocol).toMatch(/^TLSv1\.[23]$/);
  expect(alpn).toBe("http/1.1");
});

test("a replaced certificate is served to new connections by the same process, a broken one is not", async () => {
  const { certificate: before } = await shakeHands();
  const refusals = () => server.said().split("Can't use the new certificate").length - 1;
  writeFileSync(certFile, "-----BEGIN CERTIFICATE-----\nnot one\n-----END CERTIFICATE-----\n");
  await expect.poll(refusals).toBeGreaterThan(0);
  expect((await shakeHands()).certificate.fingerprint256).toBe(before.fingerprint256);

  const next = await makeCertificate(path.join(folder, "second"), "localhost");
  // One file after the other, as certificate tools write them: between the two they do not fit.
  const refused = refusals();
  copyFileSync(next.cert, certFile);
  await expect.poll(refusals).toBeGreaterThan(refused);
  expect((await shakeHands()).certificate.fingerprint256).toBe(before.fingerprint256);
  copyFileSync(next.key, keyFile);
  await expect
    .poll(async () => (await shakeHands()).certificate.fingerprint256, { timeout: 20_000 })
    .not.toBe(before.fingerprint256);
  expect(
    (await fetch(server.url.replace("https", "http")).catch((error: unknown) => error)) instanceof Error,
  ).toBe(true);
});

test("a pair that cannot be served stops the start with words that name the file", async () => {
  const other = await makeCertificate(path.join(folder, "third"));
  const start = (env: Record<string, string>) => startOwnServer(env).then((started) => started.stop());
  await expect(start({ SSL_CERTFILE: certFile, SSL_KEYFILE: other.key })).rejects.toThrow(
    /is not the key of/,
  );
  await expect(start({ SSL_CERTFILE: certFile, SSL_KEYFILE: `${keyFile}.gone` })).rejects.toThrow(
    /SSL_KEYFILE \(.*\.gone\) does not exist/,
  );
  await expect(start({ SSL_CERTFILE: keyFile, SSL_KEYFILE: keyFile })).rejects.toThrow(
    /does not hold a PEM certificate/,
  );
  await expect(start({ SSL_CERTFILE: certFile })).rejects.toThrow(/SSL_KEYFILE: must be set too/);
});

test("the command that makes a certificate keeps the key for its owner and replaces nothing unasked", async () => {
  const dataDir = path.join(folder, "command");
  const { cert, key } = await makeCertificate(dataDir);
  if (process.platform !== "win32") expect(statSync(key).mode & 0o777).toBe(0o600);
  const first = readFileSync(cert, "utf8");
  await expect(makeCertificate(dataDir)).rejects.toThrow(/--force replaces it/);
  expect(readFileSync(cert, "utf8")).toBe(first);
  await makeCertificate(dataDir, "portal.example.com", "--days", "30", "--force");
  expect(readFileSync(cert, "utf8")).not.toBe(first);
  await expect(makeCertificate(dataDir, "bad host", "--force")).rejects.toThrow(/not a host name/);
  await expect(makeCertificate(dataDir, "--days", "0", "--force")).rejects.toThrow(/1 to 3650/);
});
