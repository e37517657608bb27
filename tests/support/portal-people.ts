import { rm } from "node:fs/promises";
import { closeDatabase, database } from "@/db/client";
import { startEmbeddedPostgres } from "@/db/embedded";
import { insertUser, putMembership } from "@/db/queries/global/users";
import { runMigrations } from "@/db/migrate";
import { operatorActor } from "@/lib/services/audit/actor";
import { createCompany, type CreatedCompany } from "@/lib/services/companies/create-company";
import { seedInstallation } from "@/lib/services/install/seed-installation";
import { hashPassword } from "@/lib/services/passwords/hash-password";
import { PORTAL_TURN } from "@/lib/services/passwords/password-queue";
import { makeTestDataFolder } from "./migrated-folder";
import { PASSWORD, startOwnServer, type OwnServer } from "./own-server";

export { PASSWORD };
export const ROLES = ["globaladmin", "admin", "companyadmin", "user", "outsider"] as const;
export type Role = (typeof ROLES)[number];

export interface PopulatedPortal {
  server: OwnServer;
  /** The company of admin, companyadmin and user. */
  own: CreatedCompany;
  /** The outsider's. */
  other: CreatedCompany;
  /** For looking into the database past every lock. */
  databaseUrl: string;
  stop(): Promise<void>;
}

/** A running portal with two companies and one person of each role, all with PASSWORD and named by their role. */
export async function startPopulatedPortal(env: Record<string, string> = {}): Promise<PopulatedPortal> {
  const folder = await makeTestDataFolder("winauthmon-people-");
  const embedded = await startEmbeddedPostgres({ dataDir: folder });
  Object.assign(process.env, {
    DATABASE_URL: embedded.url,
    AUTH_SECRET: "a secret of the tests, and of nothing else",
    BCRYPT_COST: "4",
    INITIAL_ADMIN_PASSWORD: PASSWORD,
  });
  await runMigrations(embedded.url, async () => void (await seedInstallation()));
  const own = await createCompany(operatorActor("command line"), { name: "Own Company" });
  const other = await createCompany(operatorActor("command line"), { name: "Other Company" });
  await addPerson("globaladmin", "GlobalAdmin", []);
  await addPerson("admin", "Admin", [{ companyId: own.id, role: "User" }]);
  await addPerson("companyadmin", "User", [{ companyId: own.id, role: "CompanyAdmin" }]);
  await addPerson("user", "User", [{ companyId: own.id, role: "User" }]);
  await addPerson("outsider", "User", [{ companyId: other.id, role: "CompanyAdmin" }]);
  await closeDatabase();
  const { DATABASE_URL, AUTH_SECRET } = process.env as Record<string, string>;
  const server = await startOwnServer({
    DATABASE_URL: DATABASE_URL!,
    AUTH_SECRET: AUTH_SECRET!,
    RATE_LIMIT_ENABLED: "false",
    ...env,
  });
  const stop = async () => {
    await server.stop();
    await embedded.stop();
    await rm(folder, { recursive: true, force: true, maxRetries: 20, retryDelay: 100 });
  };
  return { server, own, other, databaseUrl: embedded.url, stop };
}

async function addPerson(
  username: Role,
  role: string,
  memberships: { companyId: number; role: string }[],
): Promise<void> {
  const password = await hashPassword(PASSWORD, PORTAL_TURN);
  const email = `${username}@example.com`;
  await database().transaction(async (tx) => {
    const userId = await insertUser(tx, {
      username,
      email,
      password,
      role,
      isActive: true,
      mustChangePassword: false,
      mfaRequired: null,
    });
    for (const membership of memberships) await putMembership(tx, { userId, ...membership });
  });
}
