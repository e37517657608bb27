import { isAbsolute, resolve } from "node:path";
import { z } from "zod";
import { parseSender } from "./domain/mail/address";
import { ianaZone, isIanaZone, zoneName } from "./domain/zones";
import { LOG_LEVELS, logLevelName } from "./log-level";
import { parseNetworks } from "./networks";

/** Of AUTH_SECRET, wherever it is kept: a restored backup puts one of the environment into the data folder. */
export const LEAST_SECRET_LENGTH = 16;

const flag = z
  .enum(["true", "false", "1", "0", "yes", "no", "on", "off", ""])
  .transform((text) => ["true", "1", "yes", "on"].includes(text));
const count = (fallback: number, min: number, max: number) =>
  z
    .string()
    .trim()
    .regex(/^\d+$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().int().min(min).max(max))
    .default(fallback);
const networks = z
  .string()
  .default("")
  .refine(isNetworkList, "must be addresses or networks such as 10.20.0.0/16, separated by commas");
const zone = z
  .string()
  .transform(zoneName)
  .refine(isIanaZone, "must be an IANA time zone such as Europe/London, or UTC");

const ENCODING = "in a user name or password, percent-encode characters such as # / ? @ % and :";

/** Every variable the program reads; .env.example describes each. Empty text counts as unset. */
const schema = z.object({
  NODE_ENV: z.enum(["development", "production", "test"]).default("production"),
  PORT: count(8000, 0, 65535),
  HOST: z.string().default("127.0.0.1"),
  DATA_DIR: z
    .string()
    .default("./data")
    .transform((dir) => (isAbsolute(dir) ? dir : resolve(/* turbopackIgnore: true */ process.cwd(), dir))),
  DATABASE_URL: z
    .string()
    .refine(isDatabaseAddress, `must be a postgresql:// address; ${ENCODING}`)
    .optional(),
  DATABASE_POOL_SIZE: count(10, 1, 200),
  DATABASE_READ_URL: z
    .string()
    .default("")
    .transform((text) =>
      text
        .split(",")
        .map((url) => url.trim())
        .filter(Boolean),
    )
    .refine(
      (urls) => urls.every(isDatabaseAddress),
      `must be postgresql:// addresses, separated by commas; ${ENCODING}`,
    ),
  DATABASE_READ_LAG_SECONDS: count(5, 1, 3_600),
  /** 0 leaves the tables where they are. */
  CITUS_SHARD_COUNT: count(0, 0, 1_000),
  REPORTS_AT_ONCE: count(4, 2, 50),
  REPORT_WAIT_SECONDS: count(45, 1, 600),
  REPORT_MOST_ROWS: count(400_000, 1, 100_000_000),
  REPORT_STATEMENT_SECONDS: count(60, 1, 3_600),
  DOWNLOAD_STALL_SECONDS: count(30, 1, 600),
  AUTH_SECRET: z
    .string()
    .min(LEAST_SECRET_LENGTH, "must be at least 16 characters; generate one with: openssl rand -base64 33")
    .optional(),
  AUTH_SECRET_PREVIOUS: z
    .string()
    .min(LEAST_SECRET_LENGTH, "must be the previous AUTH_SECRET, at least 16 characters")
    .optional(),
  AUTH_URL: z.url().optional(),
  PUBLIC_URL: z.url({ protocol: /^https?$/ }).optional(),
  INITIAL_ADMIN_PASSWORD: z.string().min(8).optional(),
  INITIAL_API_KEY: z
    .string()
    .regex(/^[0-9a-fA-F]{64}$/, "must be 64 hexadecimal digits")
    .transform((key) => key.toLowerCase())
    .optional(),
  REDIS_URL: z.string().refine(isRedisAddress, "must be a redis:// or rediss:// address").optional(),
  UPSTASH_REDIS_REST_URL: z.url().optional(),
  UPSTASH_REDIS_REST_TOKEN: z.string().optional(),
  RATE_LIMIT_ENABLED: flag.default(true),
  RATE_LIMIT_AGENT_PER_MINUTE: count(6000, 1, 10_000_000),
  RATE_LIMIT_SIGN_IN_PER_ACCOUNT: count(10, 1, 100_000),
  RATE_LIMIT_SIGN_IN_PER_ACCOUNT_EVERYWHERE: count(100, 1, 100_000),
  RATE_LIMIT_SIGN_IN_PER_ADDRESS: count(50, 1, 100_000),
  RATE_LIMIT_SIGNED_OUT_PAGES: count(300, 1, 10_000_000),
  MAX_CONNECTIONS: count(10_000, 16, 1_000_000),
  MAX_CONNECTIONS_PER_ADDRESS: count(2_000, 4, 1_000_000),
  REQUEST_BODY_SECONDS: count(10, 1, 300),
  REQUEST_BODIES_MIB: count(128, 16, 65_536),
  TRUSTED_PROXIES: networks,
  SSL_CERTFILE: z.string().optional(),
  SSL_KEYFILE: z.string().optional(),
  TIMEZONE: zone.default(ianaZone("Europe/London")),
  LOG_LEVEL: z.enum(LOG_LEVELS).default("info"),
  BCRYPT_COST: count(12, 4, 15),
  AGENT_DIR: z.string().optional(),
  WEBHOOK_ALLOWED_NETWORKS: networks,
  SMTP_URL: z
    .string()
    .refine(isSmtpAddress, `must be an smtp:// or smtps:// address with a host; ${ENCODING}`)
    .optional(),
  MAIL_FROM: z
    .string()
    .refine((text) => parseSender(text) !== null, "must be an email address, or Name <address>")
    .optional(),
  MAIL_DKIM_KEYFILE: z.string().optional(),
  MAIL_DKIM_SELECTOR: z
    .string()
    .regex(/^[a-z0-9](?:[a-z0-9.-]{0,61}[a-z0-9])?$/i, "must be a name such as mail2026")
    .optional(),
  METRICS_TOKEN: z.string().min(16, "must be at least 16 characters").optional(),
  GIT_COMMIT: z
    .string()
    .regex(/^[0-9a-f]{7,40}$/, "must be the hexadecimal ID of a commit")
    .optional(),
});

export type Env = z.infer<typeof schema>;

function isNetworkList(text: string): boolean {
  try {
    parseNetworks(text);
    return true;
  } catch {
    return false;
  }
}

/**
 * Reads and checks the environment.
 *
 * @throws Error with one line for each bad variable, naming it but never its value.
 */
export function parseEnv(source: Record<string, string | undefined>): Env {
  const given = Object.fromEntries(
    Object.entries(source).filter(([, text]) => text !== undefined && text !== ""),
  );
  const parsed = schema.safeParse(normaliseCase(given));
  const issues = [...(parsed.error?.issues ?? []), ...halfPairs(given)];
  if (parsed.success && issues.length === 0) return parsed.data;
  const lines = issues.map((issue) => `  ${issue.path.join(".")}: ${issue.message}`);
  throw new Error(`Invalid configuration:\n${lines.join("\n")}`);
}

/** Whether `connect` of db/client.ts and the driver can read it. */
function isDatabaseAddress(text: string): boolean {
  if (!/^postgres(ql)?:\/\//.test(text) || !URL.canParse(text)) return false;
  const { username, password, host } = new URL(text);
  return [username, password, host].every(isPercentEncoded);
}

function isPercentEncoded(text: string): boolean {
  try {
    decodeURIComponent(text);
    return true;
  } catch {
    return false;
  }
}

/** As ioredis takes them: also without a scheme, and the path of a socket. */
function isRedisAddress(text: string): boolean {
  return !text.includes("://") || /^rediss?:/i.test(text);
}

function isSmtpAddress(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  const isSmtp = (protocol === "smtp:" || protocol === "smtps:") && hostname !== "";
  return isSmtp && [username, password].every(isPercentEncoded);
}

const PAIRS = [
  ["SSL_CERTFILE", "SSL_KEYFILE", "because HTTPS needs a certificate and a key"],
  ["UPSTASH_REDIS_REST_URL", "UPSTASH_REDIS_REST_TOKEN", "because Upstash needs an address and a token"],
  ["SMTP_URL", "MAIL_FROM", "because email needs a server and a sender"],
  ["MAIL_DKIM_KEYFILE", "MAIL_DKIM_SELECTOR", "because a DKIM signature needs a key and a selector"],
] as const;

/**
 * With one of a pair alone the server would silently ignore both: serve plain HTTP, count limits by itself, send no
 * email, sign none.
 */
function halfPairs(given: Record<string, string | undefined>): { path: string[]; message: string }[] {
  return PAIRS.flatMap(([first, second, why]) => {
    const absent = [first, second].filter((name) => given[name] === undefined);
    return absent.length === 1 ? [{ path: absent, message: `must be set too, ${why}` }] : [];
  });
}

function normaliseCase(given: Record<string, string | undefined>): Record<string, string | undefined> {
  return {
    ...given,
    ...(given.LOG_LEVEL && { LOG_LEVEL: logLevelName(given.LOG_LEVEL) }),
    ...(given.RATE_LIMIT_ENABLED && { RATE_LIMIT_ENABLED: given.RATE_LIMIT_ENABLED.toLowerCase() }),
  };
}

let cached: Env | undefined;

/** The checked environment of this process, read once; the embedded database sets DATABASE_URL before the first read of it. */
export function env(): Env {
  cached ??= parseEnv(process.env);
  return cached;
}

/** Forgets the cached environment, after startup fills in DATABASE_URL or AUTH_SECRET, and in tests. */
export function refreshEnv(): Env {
  cached = undefined;
  return env();
}
