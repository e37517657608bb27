import { z } from "zod";
import { kindFor, SECOND_STEP_OFF, type NotificationKind } from "./kind";

const portalKind = kindFor("portal");
const person = SECOND_STEP_OFF.params;
const job = z.object({ job: z.string(), title: z.string() });

/** Kinds that concern the installation; only GlobalAdmins receive them. */
export const PORTAL_KINDS: readonly NotificationKind[] = [
  portalKind({
    name: "user.role-raised",
    title: "Global role raised",
    severity: "warning",
    params: person.extend({ role: z.string() }),
    sentence: (params) =>
      `${params.username} now has the global role ${params.role}. ${params.by ?? "Somebody"} gave it.`,
    several: (count) => `${count} people have a higher global role`,
    nameOf: (params) => params.username,
  }),
  portalKind({ name: "user.mfa-off", ...SECOND_STEP_OFF }),
  portalKind({
    name: "job.failed",
    title: "Job failed",
    severity: "critical",
    params: job.extend({ error: z.string() }),
    sentence: (params) => `Job ${params.title} failed: ${params.error}`,
    several: (count) => `${count} jobs failed`,
    nameOf: (params) => params.title,
    subject: (params) => `job:${params.job}`,
  }),
  portalKind({
    name: "job.late",
    title: "Job did not run",
    severity: "critical",
    params: job.extend({ dueAt: z.iso.datetime() }),
    sentence: (params) => `Job ${params.title} was due at ${params.dueAt} and has not run.`,
    several: (count) => `${count} jobs did not run`,
    nameOf: (params) => params.title,
    subject: (params) => `job:${params.job}`,
  }),
  portalKind({
    name: "disk.nearly-full",
    title: "Disk nearly full",
    severity: "critical",
    params: z.object({ path: z.string(), freeBytes: z.number(), totalBytes: z.number() }),
    sentence: ({ path, freeBytes, totalBytes }) =>
      `The disk of ${path} is nearly full: ${gibibytes(freeBytes)} of ${gibibytes(totalBytes)} GiB are free.`,
    several: (count) => `${count} disks are nearly full`,
    nameOf: (params) => params.path,
    subject: (params) => `path:${params.path}`,
  }),
  portalKind({
    name: "certificate.expiring",
    title: "Certificate about to expire",
    severity: "warning",
    params: z.object({ name: z.string(), expiresAt: z.iso.datetime(), days: z.int() }),
    sentence: (params) =>
      `The portal's certificate for ${params.name} expires within ${params.days === 1 ? "a day" : `${params.days} days`}, at ${params.expiresAt}.`,
    several: (count) => `${count} certificates are about to expire`,
    nameOf: (params) => params.name,
  }),
  portalKind({
    name: "system.updated",
    title: "New version installed",
    severity: "info",
    params: z.object({ version: z.string(), migrations: z.int() }),
    sentence: (params) =>
      `Version ${params.version} has brought the database up to date (${params.migrations} ${params.migrations === 1 ? "step" : "steps"}).`,
    several: (count) => `${count} new versions were installed`,
    nameOf: (params) => params.version,
  }),
  portalKind({
    name: "portal.channel-disabled",
    title: "Channel disabled",
    severity: "warning",
    params: z.object({ channelId: z.int(), channel: z.string(), reason: z.string() }),
    sentence: (params) => `Channel ${params.channel} was disabled: ${params.reason}.`,
    several: (count) => `${count} channels were disabled`,
    nameOf: (params) => params.channel,
  }),
];

function gibibytes(bytes: number): string {
  return (bytes / 1024 ** 3).toFixed(1);
}
