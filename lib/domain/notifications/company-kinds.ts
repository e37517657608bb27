import { z } from "zod";
import { ALERT_KINDS } from "./alert-kinds";
import { kindFor, named, SECOND_STEP_OFF, type NotificationKind } from "./kind";

const companyKind = kindFor("company");
const site = named;
const computer = named;
const account = named;
const keyName = z.string().nullable();

const called = (description: string | null, id: number) =>
  description ? `“${description}”` : `number ${id}`;

const key = z.object({ keyId: z.int(), description: keyName, site });
type Key = z.output<typeof key>;
const keyText = (params: Pick<Key, "keyId" | "description" | "site">) =>
  `API key ${called(params.description, params.keyId)} of site ${params.site.name}`;
const nameOfKey = (params: Pick<Key, "keyId" | "description">) => params.description ?? `key ${params.keyId}`;

const KEYS: readonly NotificationKind[] = [
  companyKind({
    name: "key.created",
    title: "API key created",
    severity: "info",
    params: key.extend({ by: z.string().nullable() }),
    sentence: (params) => `${params.by ?? "Somebody"} created ${keyText(params)}.`,
    several: (count) => `${count} API keys were created`,
    nameOf: nameOfKey,
  }),
  companyKind({
    name: "key.rotated",
    title: "API key rotated",
    severity: "info",
    params: key.extend({ by: z.string().nullable(), endsAt: z.iso.datetime() }),
    sentence: (params) =>
      `${params.by ?? "Somebody"} rotated ${keyText(params)}; the old key works until ${params.endsAt}.`,
    several: (count) => `${count} API keys were rotated`,
    nameOf: nameOfKey,
  }),
  companyKind({
    name: "key.expiring",
    title: "API key about to expire",
    severity: "warning",
    params: key.extend({ expiresAt: z.iso.datetime(), days: z.int() }),
    sentence: (params) =>
      `${keyText(params)} expires within ${days(params.days)}, at ${params.expiresAt}. Agents that still use it stop reporting then.`,
    several: (count) => `${count} API keys are about to expire`,
    nameOf: nameOfKey,
  }),
  companyKind({
    name: "key.refused",
    title: "API key refused often",
    severity: "warning",
    params: key.extend({ count: z.int(), reason: z.string() }),
    sentence: (params) =>
      `${keyText(params)} was refused ${params.count.toLocaleString("en")} times today: ${params.reason}.`,
    several: (count) => `${count} API keys were refused often`,
    nameOf: nameOfKey,
  }),
];

const member = SECOND_STEP_OFF.params;

const MEMBERS: readonly NotificationKind[] = [
  companyKind({
    name: "member.admin-added",
    title: "Administrator added",
    severity: "warning",
    params: member,
    sentence: (params) =>
      `${params.username} is now an administrator of the company. ${params.by ?? "Somebody"} gave the role.`,
    several: (count) => `${count} people became administrators of the company`,
    nameOf: (params) => params.username,
  }),
  companyKind({ name: "member.mfa-off", ...SECOND_STEP_OFF }),
];

const FLEET: readonly NotificationKind[] = [
  companyKind({
    name: "computer.silent",
    title: "Computer silent",
    severity: "warning",
    params: z.object({ computer, site: site.optional(), lastSeenAt: z.iso.datetime() }),
    sentence: ({ computer: { name }, site: at, lastSeenAt }) =>
      `Computer ${name}${at ? ` (${at.name})` : ""} is silent. It last reported at ${lastSeenAt}.`,
    several: (count) => `${count.toLocaleString("en")} computers are silent`,
    nameOf: (params) => params.computer.name,
    subject: (params) => `computer:${params.computer.id}`,
  }),
  companyKind({
    name: "computer.back",
    title: "Computer back",
    severity: "info",
    params: z.object({ computer, site: site.optional() }),
    sentence: (params) => `Computer ${params.computer.name} reports again.`,
    several: (count) => `${count.toLocaleString("en")} computers report again`,
    nameOf: (params) => params.computer.name,
    subject: (params) => `computer:${params.computer.id}`,
    ends: "computer.silent",
  }),
  companyKind({
    name: "site.silent",
    title: "Site silent",
    severity: "critical",
    params: z.object({ site, lastSeenAt: z.iso.datetime() }),
    sentence: (params) =>
      `No computer of site ${params.site.name} reports. The last one did at ${params.lastSeenAt}.`,
    several: (count) => `${count} sites are silent`,
    nameOf: (params) => params.site.name,
    subject: (params) => `site:${params.site.id}`,
  }),
  companyKind({
    name: "site.back",
    title: "Site back",
    severity: "info",
    params: z.object({ site }),
    sentence: (params) => `Site ${params.site.name} reports again.`,
    several: (count) => `${count} sites report again`,
    nameOf: (params) => params.site.name,
    subject: (params) => `site:${params.site.id}`,
    ends: "site.silent",
  }),
  companyKind({
    name: "agent.clock-wrong",
    title: "Clock of a computer wrong",
    severity: "warning",
    params: z.object({ computer, site: site.optional(), aheadSeconds: z.int() }),
    sentence: ({ computer: { name }, aheadSeconds }) =>
      `The clock of computer ${name} is ${Math.round(Math.abs(aheadSeconds) / 60)} minutes ${aheadSeconds < 0 ? "behind" : "ahead"}.`,
    several: (count) => `The clocks of ${count} computers are wrong`,
    nameOf: (params) => params.computer.name,
    subject: (params) => `computer:${params.computer.id}`,
  }),
  companyKind({
    name: "agent.lost-events",
    title: "Events lost",
    severity: "warning",
    params: z.object({ computer, site: site.optional(), lost: z.int(), total: z.int() }),
    sentence: (params) =>
      `The agent on computer ${params.computer.name} gave up ${params.lost.toLocaleString("en")} events because its disk space for waiting events was full.`,
    several: (count) => `The agents on ${count} computers lost events`,
    nameOf: (params) => params.computer.name,
    subject: (params) => `computer:${params.computer.id}`,
  }),
];

const LOGONS: readonly NotificationKind[] = [
  companyKind({
    name: "account.locked-out",
    title: "Account locked out",
    severity: "warning",
    params: z.object({ account, computer, site, at: z.iso.datetime() }),
    sentence: (params) =>
      `Account ${params.account.name} was locked out on computer ${params.computer.name} at ${params.at}.`,
    several: (count) => `There were ${count} lockouts`,
    nameOf: (params) => params.account.name,
  }),
  companyKind({
    name: "logon.burst",
    title: "Burst of failed logons",
    severity: "warning",
    params: z.object({
      alertId: z.int().optional(),
      account: account.optional(),
      /** Where all the failures came from; absent when from several sites. */
      site: site.optional(),
      address: z.string().nullable(),
      failures: z.int(),
      accounts: z.int(),
      from: z.iso.datetime(),
      /** When there were enough of them; a success from then on counts. */
      since: z.iso.datetime(),
    }),
    sentence: ({ account: one, address, failures, accounts, from }) =>
      one
        ? `${failures} logons of account ${one.name} failed since ${from}${address ? `, all from ${address}` : ""}.`
        : `${failures} logons of ${accounts} accounts failed from ${address} since ${from}.`,
    several: (count) => `There are ${count} bursts of failed logons`,
    nameOf: (params) => params.account?.name ?? params.address ?? "",
    subject: (params) => (params.account ? `account:${params.account.id}` : `address:${params.address}`),
  }),
  companyKind({
    name: "logon.burst-success",
    title: "Logon after a burst of failures",
    severity: "critical",
    params: z.object({
      alertId: z.int().optional(),
      account,
      computer,
      site: site.optional(),
      address: z.string().nullable(),
      failures: z.int(),
      at: z.iso.datetime(),
    }),
    sentence: (params) =>
      `Account ${params.account.name} signed in on computer ${params.computer.name} at ${params.at}, after ${params.failures} failed logons${params.address ? ` from ${params.address}` : ""}.`,
    several: (count) => `${count} logons succeeded after bursts of failures`,
    nameOf: (params) => params.account.name,
  }),
];

const CHANNELS: readonly NotificationKind[] = [
  companyKind({
    name: "channel.disabled",
    title: "Channel disabled",
    severity: "warning",
    params: z.object({ channelId: z.int(), channel: z.string(), reason: z.string() }),
    sentence: (params) => `Channel ${params.channel} was disabled: ${params.reason}.`,
    several: (count) => `${count} channels were disabled`,
    nameOf: (params) => params.channel,
  }),
];

const report = z.object({ scheduleId: z.int(), view: z.string(), reason: z.string() });

const REPORTS: readonly NotificationKind[] = [
  companyKind({
    name: "report.stopped",
    title: "Scheduled report stopped",
    severity: "warning",
    params: report,
    sentence: (params) => `The scheduled report ${params.view} has stopped: ${params.reason}.`,
    several: (count) => `${count} scheduled reports have stopped`,
    nameOf: (params) => params.view,
  }),
  companyKind({
    name: "report.failed",
    title: "Scheduled report not sent",
    severity: "warning",
    params: report.extend({ dueAt: z.iso.datetime() }),
    sentence: (params) =>
      `The report ${params.view}, due at ${params.dueAt}, could not be sent: ${params.reason.replace(/\.$/, "")}.`,
    several: (count) => `${count} scheduled reports could not be sent`,
    nameOf: (params) => params.view,
  }),
];

function days(count: number): string {
  return count === 1 ? "a day" : `${count} days`;
}

export const COMPANY_KINDS: readonly NotificationKind[] = [
  ...LOGONS,
  ...ALERT_KINDS,
  ...FLEET,
  ...KEYS,
  ...MEMBERS,
  ...CHANNELS,
  ...REPORTS,
];
