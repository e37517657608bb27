import { z } from "zod";
import { globalRoleText } from "../actor";
import { standName } from "../detections/standstill";
import type { Text } from "../text";
import { CHANNEL_DISABLED } from "./channel-disabled";
import { actorOf, kindFor, timeOf, TWO_FACTOR_OFF, type NotificationKind } from "./kind";

const portalKind = kindFor("portal");
const person = TWO_FACTOR_OFF.params;
const job = z.object({ job: z.string(), title: z.string() });

/** Without a company, those of all. */
const rules = z.object({
  companyId: z.int().nullable(),
  company: z.string().nullable(),
  since: z.iso.datetime(),
});

function stalledSentence({ company, since: instant }: z.output<typeof rules>): Text {
  const since = timeOf(instant);
  return company === null
    ? { key: "notificationSentences.rulesStalled", values: { since } }
    : { key: "notificationSentences.rulesStalledOf", values: { company, since } };
}

/** Earlier versions named no server. */
const disk = z.object({
  host: z.string().optional(),
  path: z.string(),
  freeBytes: z.number(),
  totalBytes: z.number(),
});

const JOB_TITLES: Readonly<Record<string, Text>> = {
  "audit-verify": { key: "jobs.auditCheck" },
  backup: { key: "jobs.backup" },
  "fill-indexes": { key: "jobs.indexUpkeep" },
  retention: { key: "jobs.retention" },
  "store-time": { key: "jobs.storeTime" },
  "watch-agents": { key: "jobs.agentWatch" },
  "watch-fleet": { key: "jobs.computerWatch" },
  "watch-logons": { key: "jobs.logonWatch" },
  "watch-portal": { key: "jobs.portalWatch" },
};

/** What a job is called; one that this version doesn't know, as it was at the time. */
const jobText = ({ job: name, title }: z.output<typeof job>): string | Text => JOB_TITLES[name] ?? title;

/** Kinds that concern the installation; only GlobalAdmins receive them. */
export const PORTAL_KINDS: readonly NotificationKind[] = [
  portalKind({
    name: "user.role-raised",
    title: { key: "notificationKinds.roleRaised" },
    severity: "warning",
    params: person.extend({ role: z.string() }),
    sentence: ({ by, username, role }) => ({
      key: "notificationSentences.roleRaised",
      values: { by: actorOf(by), username, role: globalRoleText(role) },
    }),
    several: (count) => ({ key: "notificationSentences.several.roleRaised", values: { count } }),
    nameOf: (params) => params.username,
  }),
  portalKind({ name: "user.mfa-off", ...TWO_FACTOR_OFF }),
  portalKind({
    name: "job.failed",
    title: { key: "notificationKinds.jobFailed" },
    severity: "critical",
    params: job.extend({ error: z.string() }),
    sentence: ({ error, ...params }) => ({
      key: "notificationSentences.jobFailed",
      values: { job: jobText(params), error },
    }),
    several: (count) => ({ key: "notificationSentences.several.jobFailed", values: { count } }),
    nameOf: jobText,
    subject: (params) => `job:${params.job}`,
  }),
  portalKind({
    name: "job.late",
    title: { key: "notificationKinds.jobLate" },
    severity: "critical",
    params: job.extend({ dueAt: z.iso.datetime() }),
    sentence: ({ dueAt, ...params }) => ({
      key: "notificationSentences.jobLate",
      values: { job: jobText(params), dueAt: timeOf(dueAt) },
    }),
    several: (count) => ({ key: "notificationSentences.several.jobLate", values: { count } }),
    nameOf: jobText,
    subject: (params) => `job:${params.job}`,
  }),
  portalKind({
    name: "rules.stalled",
    title: { key: "notificationKinds.rulesStalled" },
    severity: "critical",
    params: rules,
    sentence: stalledSentence,
    several: (count) => ({ key: "notificationSentences.several.rulesStalled", values: { count } }),
    nameOf: ({ company }) => company ?? { key: "notificationSentences.everyCompany" },
    subject: ({ companyId }) => standName(companyId),
  }),
  portalKind({
    name: "disk.nearly-full",
    title: { key: "notificationKinds.diskNearlyFull" },
    severity: "critical",
    params: disk,
    sentence: ({ host, path, freeBytes, totalBytes }) => {
      const values = { path, free: gibibytes(freeBytes), total: gibibytes(totalBytes) };
      return host === undefined
        ? { key: "notificationSentences.diskNearlyFull", values }
        : { key: "notificationSentences.diskNearlyFullOn", values: { ...values, host } };
    },
    several: (count) => ({ key: "notificationSentences.several.diskNearlyFull", values: { count } }),
    nameOf: ({ host, path }) => (host === undefined ? path : `${host} ${path}`),
    subject: ({ host, path }) => (host === undefined ? `path:${path}` : `host:${host} path:${path}`),
  }),
  portalKind({
    name: "certificate.expiring",
    title: { key: "notificationKinds.certificateExpiring" },
    severity: "warning",
    params: z.object({ name: z.string(), expiresAt: z.iso.datetime(), days: z.int() }),
    sentence: ({ name, days, expiresAt }) => ({
      key: "notificationSentences.certificateExpiring",
      values: { name, days, expiresAt: timeOf(expiresAt) },
    }),
    several: (count) => ({ key: "notificationSentences.several.certificateExpiring", values: { count } }),
    nameOf: (params) => params.name,
  }),
  portalKind({
    name: "system.updated",
    title: { key: "notificationKinds.updated" },
    severity: "info",
    params: z.object({ version: z.string(), migrations: z.int() }),
    sentence: ({ version, migrations }) => ({
      key: "notificationSentences.updated",
      values: { version, migrations },
    }),
    several: (count) => ({ key: "notificationSentences.several.updated", values: { count } }),
    nameOf: (params) => params.version,
  }),
  portalKind({ name: "portal.channel-disabled", ...CHANNEL_DISABLED }),
];

/** Rounded to a tenth. */
function gibibytes(bytes: number): number {
  return Math.round((bytes / 1024 ** 3) * 10) / 10;
}
