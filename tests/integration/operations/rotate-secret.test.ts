import { createCipheriv, hkdfSync, randomBytes } from "node:crypto";
import { existsSync } from "node:fs";
import { mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import path from "node:path";
import { sql } from "drizzle-orm";
import { decode, encode } from "next-auth/jwt";
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from "vitest";
import { database } from "@/db/client";
import { SEALED_COLUMNS } from "@/db/queries/global/sealed-columns";
import { ensureSettings } from "@/db/queries/global/first-start";
import { users } from "@/db/schema/users";
import { channelInput } from "@/lib/domain/notifications/channel";
import { openSeal, seal, unseal, type SecretPurpose } from "@/lib/secret-box";
import { secretsInForce, unfollowSecretFiles } from "@/lib/secrets-in-force";
import { operatorActor } from "@/lib/services/audit/actor";
import { createBackup } from "@/lib/services/backup/create-backup";
import { settleAuthSecret } from "@/lib/services/install/auth-secret";
import {
  createChannel,
  rotateSecret as rotateChannelSecret,
} from "@/lib/services/notifications/manage-channels";
import { checkSeals, sealWarning } from "@/lib/services/secrets/check-seals";
import { rotateSecret } from "@/lib/services/secrets/rotate-secret";
import { revealKey } from "@/lib/services/sites/change-key";
import { provideAdmin } from "../../support/admin-program";
import { operatorIn } from "../../support/notifying";
import { isLeftOut } from "../../support/citus";
import { provideOwnDatabase } from "../../support/own-database";
import { makeUser, secondStep } from "../../support/sign-in-people";
import { makeCompany, type TestCompany } from "../../support/stored-events";

provideOwnDatabase();

const OLD = "the old secret, which somebody has read";
const NEW = "the new secret, which nobody has read yet";
const actor = operatorActor("command line");
const admin = provideAdmin();
const before = { current: process.env.AUTH_SECRET, previous: process.env.AUTH_SECRET_PREVIOUS };
let company: TestCompany;
let userId: number;

function putInForce(current: string, previous?: string): void {
  process.env.AUTH_SECRET = current;
  if (previous === undefined) delete process.env.AUTH_SECRET_PREVIOUS;
  else process.env.AUTH_SECRET_PREVIOUS = previous;
}

beforeAll(async () => {
  putInForce(OLD);
  await database().transaction((tx) => ensureSettings(tx));
  company = await makeCompany("Rotated");
  const channel = await createChannel(
    operatorIn(company),
    channelInput.parse({ name: "Hook", type: "webhook", url: "https://hooks.example.com/T1" }),
  );
  await rotateChannelSecret(operatorIn(company), { channelId: channel.id });
  userId = (await makeUser(secondStep().columns)).id;
});
beforeEach(async () => {
  for (const { table, column, encoding, purpose } of SEALED_COLUMNS) {
    const value = (secret: string) => {
      putInForce(secret);
      const sealed = seal(`of ${table}.${column}`, purpose);
      return encoding === "base64" ? sealed.toString("base64") : sealed;
    };
    await database().execute(
      sql`update ${sql.identifier(table)} set ${sql.identifier(column)} = ${value(OLD)} where ${sql.identifier(column)} is not null`,
    );
  }
});
afterEach(() => unfollowSecretFiles());
afterAll(() => {
  unfollowSecretFiles();
  putInForce(before.current ?? OLD, before.previous);
});

/** As sealed values were before they named their key. */
function sealWithoutKeyId(plain: string, purpose: SecretPurpose, secret: string): Buffer {
  const iv = randomBytes(12);
  const key = Buffer.from(hkdfSync("sha256", secret, "winauthmon", purpose, 32));
  const cipher = createCipheriv("aes-256-gcm", key, iv);
  const body = Buffer.concat([cipher.update(plain, "utf8"), cipher.final()]);
  return Buffer.concat([iv, cipher.getAuthTag(), body]);
}

/** What each sealed column holds, opened with the secrets in force. */
async function plainTexts(): Promise<(string | null)[]> {
  const found: (string | null)[] = [];
  for (const { table, column, encoding, purpose } of SEALED_COLUMNS) {
    const rows = await database().execute<{ sealed: string | Buffer }>(
      sql`select ${sql.identifier(column)} as sealed from ${sql.identifier(table)} where ${sql.identifier(column)} is not null`,
    );
    expect(rows.length, `${table}.${column} has a value`).toBeGreaterThan(0);
    for (const { sealed } of rows) {
      const bytes = encoding === "base64" ? Buffer.from(String(sealed), "base64") : (sealed as Buffer);
      found.push(openSeal(bytes, purpose)?.plain ?? null);
    }
  }
  return found;
}

const sum = (counts: { previous: number; unreadable: number }[], of: "previous" | "unreadable") =>
  counts.reduce((total, count) => total + count[of], 0);

describe("the list of sealed columns", () => {
  /** Digests and packed numbers: bytes that hold nothing sealed. */
  const NO_SECRETS = new Set([
    "app_auth_api_keys.key_digest",
    "time_spent_months.heads",
    "time_spent_months.carry",
    "time_spent_months.details",
  ]);

  it("has every column that may hold something sealed", async () => {
    const columns = await database().execute<{ name: string }>(sql`
      select table_name || '.' || column_name as name from information_schema.columns
      where table_schema = 'public' and (data_type = 'bytea'
        or (data_type in ('text', 'character varying') and column_name ~ '(secret|encrypted|sealed|cipher)'))`);
    const listed = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
    const expected = columns.map(({ name }) => name).filter((name) => !NO_SECRETS.has(name));
    expect(listed.toSorted()).toEqual(expected.toSorted());
  });

  it("has every column in which this suite's rows hold a sealed value", async () => {
    const columns = await database().execute<{ table: string; column: string; type: string }>(sql`
      select c.table_name as table, c.column_name as column, c.data_type as type from information_schema.columns c
      join information_schema.tables t using (table_schema, table_name)
      where c.table_schema = 'public' and t.table_type = 'BASE TABLE'
        and c.data_type in ('bytea', 'text', 'character varying', 'jsonb')`);
    const holding: string[] = [];
    for (const { table, column, type } of columns) {
      const name = sql.identifier(column);
      const sealedMark = Buffer.from("WAM1");
      const text = type === "bytea" ? sql`encode(${name}, 'escape')` : sql`${name}::text`;
      const [row] = await database().execute<{ found: boolean }>(sql`
        select exists (select 1 from ${sql.identifier(table)} where ${text} ~ ${`WAM1|${sealedMark.toString("base64").slice(0, 5)}`}) as found`);
      if (row!.found) holding.push(`${table}.${column}`);
    }
    const listed = SEALED_COLUMNS.map(({ table, column }) => `${table}.${column}`);
    expect(holding.toSorted()).toEqual(listed.toSorted());
  });

  it("names the primary key of each table", async () => {
    for (const { table, keys } of SEALED_COLUMNS) {
      const rows = await database().execute<{ name: string }>(sql`
        select a.attname as name from pg_index i join pg_attribute a on a.attrelid = i.indrelid and a.attnum = any(i.indkey)
        where i.indrelid = ${table}::regclass and i.indisprimary`);
      expect(rows.map(({ name }) => name).toSorted()).toEqual([...keys].toSorted());
    }
  });
});

describe("a value sealed under", () => {
  it("AUTH_SECRET_PREVIOUS opens, with its key id and without one", () => {
    putInForce(OLD);
    const marked = seal("a key", "api-key");
    const unmarked = sealWithoutKeyId("a key", "api-key", OLD);
    putInForce(NEW, OLD);
    for (const sealed of [marked, unmarked]) {
      expect(openSeal(sealed, "api-key")).toEqual({ plain: "a key", isPresent: false });
    }
    expect(openSeal(seal("a key", "api-key"), "api-key")).toEqual({ plain: "a key", isPresent: true });
    expect(openSeal(marked, "mfa")).toBeNull();
  });

  it("AUTH_SECRET before values named their key opens", () => {
    putInForce(NEW);
    expect(unseal(sealWithoutKeyId("a key", "api-key", NEW), "api-key")).toBe("a key");
  });

  it("another secret is told in words, not as an error of ours", async () => {
    putInForce(NEW);
    const [key] = await database().execute<{ id: number }>(
      sql`select id from app_auth_api_keys where company_id = ${company.companyId}`,
    );
    await expect(revealKey(operatorIn(company), { keyId: key!.id })).rejects.toMatchObject({
      isAppError: true,
      code: "conflict",
      message: expect.stringContaining("AUTH_SECRET_PREVIOUS"),
    });
    expect(() => unseal(sealWithoutKeyId("a key", "api-key", OLD), "api-key")).toThrow(
      /a different AUTH_SECRET/,
    );
  });

  it("AUTH_SECRET_PREVIOUS keeps a session's cookie good, and no longer than that", async () => {
    const salt = "winauthmon.session";
    const token = await encode({ token: { sessionId: "one" }, secret: [OLD], salt });
    putInForce(NEW, OLD);
    expect(await decode({ token, secret: secretsInForce(), salt })).toMatchObject({ sessionId: "one" });
    putInForce(NEW);
    await expect(decode({ token, secret: secretsInForce(), salt })).rejects.toThrow(
      "no matching decryption secret",
    );
  });
});

describe("rotating with AUTH_SECRET and AUTH_SECRET_PREVIOUS", () => {
  it("seals everything under AUTH_SECRET, after which the other one is not needed", async () => {
    putInForce(NEW, OLD);
    const plain = await plainTexts();
    const warning = sealWarning(await checkSeals());
    expect(warning).toMatch(/Still encrypted with AUTH_SECRET_PREVIOUS: .*rotate-secret/);
    const rotation = await rotateSecret(actor);
    expect(rotation).toMatchObject({ secret: "given", isFinished: true });
    expect(rotation.resealed).toBe(plain.length);
    putInForce(NEW);
    expect(await plainTexts()).toEqual(plain);
    expect(sealWarning(await checkSeals())).toBeNull();
  });

  it("brings values without a key id up to date, and does nothing the second time", async () => {
    putInForce(OLD);
    const sealed = sealWithoutKeyId("SECRET", "mfa", OLD).toString("base64");
    await database()
      .update(users)
      .set({ mfaSecret: sealed })
      .where(sql`id = ${userId}`);
    expect((await rotateSecret(actor)).resealed).toBe(1);
    expect((await rotateSecret(actor)).resealed).toBe(0);
  });

  it("leaves what no secret opens as it is, and says so", async () => {
    putInForce(NEW);
    const rotation = await rotateSecret(actor);
    expect(rotation.resealed).toBe(0);
    expect(sum(rotation.counts, "unreadable")).toBeGreaterThanOrEqual(SEALED_COLUMNS.length);
    putInForce(OLD);
    expect(await plainTexts()).not.toContain(null);
  });

  it("goes on where it was broken off", async () => {
    putInForce(NEW, OLD);
    const stop = new AbortController();
    stop.abort();
    const broken = await rotateSecret(actor, { signal: stop.signal });
    expect(broken).toMatchObject({ resealed: 0, isFinished: false });
    expect(await rotateSecret(actor)).toMatchObject({ isFinished: true });
    putInForce(NEW);
    expect(await plainTexts()).not.toContain(null);
  });

  it("is in the audit trail, without a secret", async () => {
    putInForce(NEW, OLD);
    await rotateSecret(actor);
    const [row] = await database().execute<{ action: string; after: object }>(
      sql`select action, after from audit_log order by seq desc limit 1`,
    );
    expect(row).toMatchObject({ action: "secret.rotate", after: { isFinished: true } });
    expect(JSON.stringify(row)).not.toContain(NEW);
  });

  it.skipIf(isLeftOut("a backup is of one PostgreSQL server"))(
    "comes before a backup that is to carry the secret",
    async () => {
      putInForce(NEW, OLD);
      const folder = await mkdtemp(path.join(tmpdir(), "winauthmon-sealed-"));
      const backup = () => createBackup(actor, { folder, isSecretIncluded: true, isVerified: false });
      try {
        await expect(backup()).rejects.toMatchObject({
          code: "conflict",
          message: expect.stringContaining("rotate-secret"),
        });
        await rotateSecret(actor);
        await expect(backup()).resolves.toBeDefined();
      } finally {
        await rm(folder, { recursive: true, force: true });
      }
    },
  );
});

describe("rotating the secret of the data folder", () => {
  let folder: string;
  const file = (name: string) => path.join(folder, name);
  const options = { graceMilliseconds: 0 };

  beforeEach(async () => {
    folder = await mkdtemp(path.join(tmpdir(), "winauthmon-secret-"));
    await writeFile(file("auth-secret"), OLD, { mode: 0o600 });
    delete process.env.AUTH_SECRET;
    delete process.env.AUTH_SECRET_PREVIOUS;
    await settleAuthSecret(folder);
  });
  afterEach(() => rm(folder, { recursive: true, force: true }));

  it("makes a new one, seals everything under it and deletes the old one last", async () => {
    const plain = await plainTexts();
    const rotation = await rotateSecret(actor, options);
    expect(rotation).toMatchObject({ secret: "made", isFinished: true, resealed: plain.length });
    const secret = await readFile(file("auth-secret"), "utf8");
    expect(secret).not.toBe(OLD);
    expect(secretsInForce()).toEqual([secret]);
    expect((await stat(file("auth-secret"))).mode & 0o777).toBe(0o600);
    expect(existsSync(file("auth-secret-previous"))).toBe(false);
    unfollowSecretFiles();
    putInForce(secret);
    expect(await plainTexts()).toEqual(plain);
  });

  it("opens everything at every moment of it, and goes on from there", async () => {
    const stop = new AbortController();
    stop.abort();
    const broken = await rotateSecret(actor, { ...options, signal: stop.signal });
    expect(broken).toMatchObject({ secret: "made", isFinished: false });
    expect(await readFile(file("auth-secret-previous"), "utf8")).toBe(OLD);
    const made = await readFile(file("auth-secret"), "utf8");
    // The program starts again.
    unfollowSecretFiles();
    delete process.env.AUTH_SECRET;
    delete process.env.AUTH_SECRET_PREVIOUS;
    await settleAuthSecret(folder);
    expect(await plainTexts()).not.toContain(null);
    expect(await rotateSecret(actor, options)).toMatchObject({ secret: "resumed", isFinished: true });
    expect(await readFile(file("auth-secret"), "utf8")).toBe(made);
    expect(existsSync(file("auth-secret-previous"))).toBe(false);
  });

  it("starts anew when it ended between keeping the old secret and making the new one", async () => {
    await writeFile(file("auth-secret-previous"), OLD);
    expect(await rotateSecret(actor, options)).toMatchObject({ secret: "made", isFinished: true });
    expect(await readFile(file("auth-secret"), "utf8")).not.toBe(OLD);
  });

  it("is followed by servers that run: they open and seal with the new one at once", async () => {
    const sealedBefore = seal("kept", "channel");
    const made = "a secret that another process has made";
    await writeFile(file("auth-secret-previous"), OLD);
    await writeFile(file("auth-secret"), made);
    expect(openSeal(seal("fresh", "channel"), "channel")).toEqual({ plain: "fresh", isPresent: true });
    expect(secretsInForce()).toEqual([made, OLD]);
    expect(unseal(sealedBefore, "channel")).toBe("kept");
  });

  it("waits for a transaction that may still bring a value sealed under the old secret", async () => {
    let insert: () => void = () => undefined;
    const mayInsert = new Promise<void>((resolve) => (insert = resolve));
    const sealed = seal("late", "mfa").toString("base64");
    let hasBegun: () => void = () => undefined;
    const begun = new Promise<void>((resolve) => (hasBegun = resolve));
    const late = database().transaction(async (tx) => {
      await tx.execute(sql`select 1`);
      hasBegun();
      await mayInsert;
      await tx
        .update(users)
        .set({ mfaSecret: sealed })
        .where(sql`id = ${userId}`);
    });
    await begun;
    const rotation = rotateSecret(actor, options);
    while ((await readFile(file("auth-secret"), "utf8")) === OLD) await database().execute(sql`select 1`);
    insert();
    await late;
    expect(await rotation).toMatchObject({ isFinished: true });
    expect(await plainTexts()).toContain("late");
  });
});

describe("the command line", () => {
  it("rotates, and says what to do next", async () => {
    putInForce(NEW, OLD);
    const checked = await admin("check-secret");
    expect(checked).toMatchObject({
      code: 1,
      text: expect.stringContaining("Still encrypted with AUTH_SECRET_PREVIOUS"),
    });
    const rotated = await admin("rotate-secret");
    expect(rotated).toMatchObject({
      code: 0,
      text: expect.stringContaining("remove it and restart the servers"),
    });
    putInForce(NEW);
    expect(await admin("check-secret")).toMatchObject({
      code: 0,
      text: expect.stringContaining("open with AUTH_SECRET"),
    });
  });

  it("tells with any command that stored secrets do not open", async () => {
    putInForce(NEW);
    const listed = await admin("list-companies");
    expect(listed.code).toBe(0);
    expect(listed.text).toMatch(
      /Stored secrets can't be decrypted with this AUTH_SECRET: .*API key.*authenticator secret/,
    );
    expect(await admin("rotate-secret")).toMatchObject({
      code: 1,
      text: expect.stringContaining("no current secret decrypts them"),
    });
  });
});
