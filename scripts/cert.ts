import { X509Certificate } from "node:crypto";
import { access, chmod, mkdir, writeFile } from "node:fs/promises";
import { isIP } from "node:net";
import { hostname } from "node:os";
import path from "node:path";
import { parseArgs } from "node:util";
import nextEnv from "@next/env";
import { generate } from "selfsigned";
import { makeDataFolder } from "@/db/data-folder";
import { env } from "@/lib/env";

const HELP = `Creates a self-signed certificate and its key, for a portal without a public name or to try HTTPS.

  npm run cert -- [host …] [--days 365] [--force]

  host       names and addresses (default: localhost, 127.0.0.1, ::1 and the name of this computer)
  --days N   days until it expires, 1 to 3650 (default: 365)
  --force    replace an existing pair

The files are created in the folder tls in DATA_DIR. Browsers warn about the certificate until you make them trust it.
Agents trust it if their ca_file contains it.
`;

class UsageError extends Error {}

interface Wanted {
  hosts: string[];
  days: number;
  isForced: boolean;
}

function readArguments(args: string[]): Wanted | null {
  const options = {
    help: { type: "boolean" },
    force: { type: "boolean" },
    days: { type: "string" },
  } as const;
  let parsed;
  try {
    parsed = parseArgs({ args, options, allowPositionals: true });
  } catch (error) {
    throw new UsageError((error as Error).message);
  }
  const { values, positionals } = parsed;
  if (values.help) return null;
  const days = Number(values.days ?? 365);
  if (!Number.isInteger(days) || days < 1 || days > 3650) throw new UsageError("--days must be 1 to 3650.");
  const hosts =
    positionals.length > 0 ? positionals : ["localhost", "127.0.0.1", "::1", hostname().toLowerCase()];
  const bad = hosts.find((host) => !isIP(host) && !/^(\*\.)?[a-z\d-]+(\.[a-z\d-]+)*$/i.test(host));
  if (bad !== undefined) throw new UsageError(`"${bad}" is not a host name or an address.`);
  return { hosts, days, isForced: values.force === true };
}

async function makePair({ hosts, days }: Wanted): Promise<{ cert: string; key: string }> {
  const altNames = hosts.map((host) =>
    isIP(host) ? ({ type: 7, ip: host } as const) : ({ type: 2, value: host } as const),
  );
  const made = await generate([{ name: "commonName", value: hosts[0]! }], {
    keyType: "ec",
    curve: "P-256",
    algorithm: "sha256",
    // A minute back, for readers whose clocks are a little behind.
    notBeforeDate: new Date(Date.now() - 60_000),
    notAfterDate: new Date(Date.now() + days * 86_400_000),
    extensions: [
      { name: "basicConstraints", cA: false, critical: true },
      { name: "keyUsage", digitalSignature: true, critical: true },
      { name: "extKeyUsage", serverAuth: true },
      { name: "subjectAltName", altNames },
    ],
  });
  return { cert: made.cert, key: made.private };
}

async function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}

/** Written only for its owner, whatever the file that was there allowed. */
async function writeSecret(file: string, content: string): Promise<void> {
  await writeFile(file, content, { mode: 0o600 });
  await chmod(file, 0o600);
}

async function main(args: string[]): Promise<void> {
  const wanted = readArguments(args);
  if (!wanted) return void process.stdout.write(HELP);
  nextEnv.loadEnvConfig(process.cwd(), false, { info: () => undefined, error: console.error });
  const folder = path.join(env().DATA_DIR, "tls");
  const [certFile, keyFile] = [path.join(folder, "cert.pem"), path.join(folder, "key.pem")];
  if (!wanted.isForced && ((await exists(certFile)) || (await exists(keyFile)))) {
    throw new UsageError(`${folder} already contains a pair. --force replaces it.`);
  }
  const { cert, key } = await makePair(wanted);
  await makeDataFolder(env().DATA_DIR);
  await mkdir(folder, { recursive: true, mode: 0o700 });
  await writeSecret(keyFile, key);
  await writeFile(certFile, cert, { mode: 0o600 });
  const { fingerprint256, validTo } = new X509Certificate(cert);
  process.stdout.write(
    `Created a certificate for ${wanted.hosts.join(", ")}, valid until ${new Date(validTo).toISOString().slice(0, 10)}.\n` +
      `SHA-256 ${fingerprint256}\n\nSSL_CERTFILE=${certFile}\nSSL_KEYFILE=${keyFile}\n`,
  );
}

main(process.argv.slice(2)).catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = error instanceof UsageError ? 2 : 1;
});
