import { API_SCOPES, type ApiScope } from "@/lib/domain/api-scopes";
import { verifyAudit } from "@/lib/services/audit/verify-audit";
import { operatorActor } from "@/lib/services/audit/actor";
import { newCompanyInput } from "@/lib/services/companies/company-input";
import { createCompany } from "@/lib/services/companies/create-company";
import { purgeCompany, purgeEventsBefore } from "@/lib/services/companies/purge-company";
import { recountCompany } from "@/lib/services/companies/recount-company";
import { operatorContext } from "@/lib/services/context";
import {
  companyNameOf,
  createKeyFor,
  listAllCompanies,
  listCompanyKeys,
  openCompanies,
  openCompany,
} from "@/lib/services/operator/companies";
import { findUserNamed } from "@/lib/services/operator/users";
import { newSiteInput } from "@/lib/services/sites/site-input";
import { createUser } from "@/lib/services/users/create-user";
import { resetMfa, resetPassword } from "@/lib/services/users/reset-access";
import { newUserInput } from "@/lib/services/users/user-input";
import type { Answer, Command } from "./command";
import { NOTIFICATIONS } from "./notifications";
import { OPERATIONS } from "./operations";
import { SECRETS } from "./secrets";
import { checked, passwordOf, UsageError, type Options } from "./options";

export type { Command };

const DAY_MILLISECONDS = 86_400_000;

async function createAdmin(options: Options): Promise<Answer> {
  const fields = { username: options.username, email: options.email, globalRole: "GlobalAdmin" };
  const password = await passwordOf(options);
  const user = await createUser(operatorContext("command line"), {
    ...checked(newUserInput, fields),
    password,
  });
  return {
    json: user,
    text: `Created global administrator ${user.username}.${temporary(user.temporaryPassword)}`,
  };
}

function temporary(password: string | null): string {
  return password === null ? "" : `\nTemporary password, to be changed at the first sign-in: ${password}`;
}

async function userOf(options: Options): Promise<{ userId: number; username: string }> {
  const name = options.user ?? options.username;
  if (!name) throw new UsageError("Specify the user with --user <username or email address>.");
  return findUserNamed(name);
}

async function resetUserPassword(options: Options): Promise<Answer> {
  const { userId, username } = await userOf(options);
  const password = await passwordOf(options);
  const { temporaryPassword } = await resetPassword(operatorContext("command line"), { userId, password });
  return {
    json: { userId, username, temporaryPassword },
    text: `Reset the password of ${username} and ended their sessions.${temporary(temporaryPassword)}`,
  };
}

async function resetUserMfa(options: Options): Promise<Answer> {
  const user = await userOf(options);
  await resetMfa(operatorContext("command line"), { userId: user.userId });
  return {
    json: user,
    text: `Turned off two-factor authentication for ${user.username} and ended their sessions.`,
  };
}

async function listCompanies(): Promise<Answer> {
  const companies = await listAllCompanies();
  const lines = companies.map(
    ({ id, name, siteCount, userCount, eventCount }) =>
      `${String(id).padStart(6)}  ${name}  (${siteCount} sites, ${userCount} users, ${eventCount} events)`,
  );
  return {
    json: { companies: companies.map(datesAsText) },
    text: lines.join("\n") || "There are no companies yet.",
  };
}

/** Times leave the program as ISO text in UTC. */
function datesAsText<Row extends { createdAt: number; lastEventAt: number | null }>(row: Row) {
  const text = (at: number | null) => (at === null ? null : new Date(at).toISOString());
  return { ...row, createdAt: text(row.createdAt), lastEventAt: text(row.lastEventAt) };
}

async function addCompany(options: Options): Promise<Answer> {
  const input = checked(newCompanyInput, { name: options.name, description: options.description });
  const made = await createCompany(operatorActor("command line"), input);
  return {
    json: { id: made.id, name: made.name, site: made.site, key: made.key },
    text: `Created company ${made.name} with ID ${made.id}.\nSite ${made.site}, API key ${made.key}`,
  };
}

function companyOf(options: Options) {
  if (!options.company) throw new UsageError("Specify the company with --company <ID or name>.");
  return openCompany(options.company);
}

async function addApiKey(options: Options): Promise<Answer> {
  const site = checked(newSiteInput, { name: options.site });
  const scopes = scopesOf(options.scopes ?? "ingest");
  const { id, key } = await createKeyFor(await companyOf(options), site, scopes);
  return { json: { id, key }, text: `API key ${id} for site ${site.name} (${scopes.join(", ")}): ${key}` };
}

function scopesOf(text: string): ApiScope[] {
  const scopes = [...new Set(text.split(",").map((scope) => scope.trim()))];
  const isKnown = (scope: string): scope is ApiScope => API_SCOPES.some((known) => known === scope);
  if (!scopes.every(isKnown)) throw new UsageError(`--scopes takes one or more of: ${API_SCOPES.join(",")}.`);
  return scopes;
}

async function listApiKeys(options: Options): Promise<Answer> {
  const rows = await listCompanyKeys(await companyOf(options));
  const iso = (ms: number | null) => (ms === null ? null : new Date(Number(ms)).toISOString());
  const keys = rows.map((row) => ({
    id: row.id,
    site: row.site_name,
    description: row.description,
    scopes: row.scopes,
    isActive: row.is_active,
    createdAt: iso(row.created_ms),
    expiresAt: iso(row.expires_ms),
    lastUsedAt: iso(row.last_used_ms),
  }));
  const lines = keys.map(
    (key) =>
      `${String(key.id).padStart(6)}  ${key.site}  ${key.scopes.join(",")}  ${key.isActive ? "active" : "disabled"}` +
      `  last used ${key.lastUsedAt ?? "never"}${key.expiresAt ? `  expires ${key.expiresAt}` : ""}`,
  );
  return { json: { keys }, text: lines.join("\n") || "The company has no API keys." };
}

async function verifyTrail(): Promise<Answer> {
  const verdict = await verifyAudit();
  return verdict.ok
    ? {
        json: verdict,
        text: `The audit trail is intact: ${verdict.rows} rows, last number ${verdict.headSeq}.`,
      }
    : { json: verdict, text: `The audit trail is DAMAGED. ${verdict.problem}`, isFailure: true };
}

async function purge(options: Options): Promise<Answer> {
  const context = await companyOf(options);
  const name = await companyNameOf(context);
  if (!options.yes) throw new UsageError(`This permanently deletes events of ${name}. Add --yes to confirm.`);
  const days = options["older-than-days"];
  if (days !== undefined && !/^\d{1,5}$/.test(days)) {
    throw new UsageError("--older-than-days takes a whole number of days.");
  }
  const { events } =
    days === undefined
      ? await purgeCompany(context, { confirmedName: name })
      : await purgeEventsBefore(context, instantBefore(Number(days)));
  const left = days === undefined ? " Disabled its API keys." : "";
  return { json: { company: name, events }, text: `Deleted ${events} events of ${name}.${left}` };
}

/** Of no days means all events, also those that a wrong clock or time zone has put ahead, which is by a day at most. */
function instantBefore(days: number): Date {
  return new Date(Date.now() - (days === 0 ? -2 : days) * DAY_MILLISECONDS);
}

async function recount(options: Options): Promise<Answer> {
  const companies = await openCompanies(options.company);
  let corrected = 0;
  for (const company of companies) corrected += await recountCompany(company);
  return {
    json: { companies: companies.length, corrected },
    text: `Companies checked: ${companies.length}. Counts corrected: ${corrected}.`,
  };
}

/** Every command by its words. */
export const COMMANDS: Readonly<Record<string, Command>> = {
  "create-admin": {
    usage: "create-admin --username U --email E [--password-stdin]",
    unlistedOptions: ["password"],
    purpose: "create a global administrator; without --password-stdin, create a temporary password",
    run: createAdmin,
  },
  "reset-password": {
    usage: "reset-password --user U [--password-stdin]",
    unlistedOptions: ["password", "username"],
    purpose: "reset a user's password; without --password-stdin, create a temporary one",
    run: resetUserPassword,
  },
  "reset-mfa": {
    usage: "reset-mfa --user U",
    unlistedOptions: ["username"],
    purpose: "turn off two-factor authentication for a user who lost their device",
    run: resetUserMfa,
  },
  "list-companies": { usage: "list-companies", purpose: "list the companies", run: listCompanies },
  "create-company": {
    usage: "create-company --name N [--description D]",
    purpose: "create a company with site HO and an API key",
    run: addCompany,
  },
  "create-key": {
    usage: "create-key --company C --site S [--scopes ingest,read,manage]",
    purpose:
      "create an API key, and the site if it doesn't exist; without --scopes, it only sends events (ingest)",
    run: addApiKey,
  },
  "list-keys": {
    usage: "list-keys --company C",
    purpose: "list a company's API keys, without the keys themselves",
    run: listApiKeys,
  },
  "audit verify": {
    usage: "audit verify",
    purpose: "check that no audit row was changed or deleted",
    run: verifyTrail,
  },
  purge: {
    usage: "purge --company C [--older-than-days N] --yes",
    purpose: "delete a company's events: old ones, or all, which also disables its API keys",
    run: purge,
  },
  recount: {
    usage: "recount [--company C]",
    purpose: "correct counts of events that differ from the events, while the portal runs",
    run: recount,
  },
  ...NOTIFICATIONS,
  ...OPERATIONS,
  ...SECRETS,
};
