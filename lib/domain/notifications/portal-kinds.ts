import { z } from "zod";
import { defineKind, type NotificationKind } from "./kind";

const person = z.object({ userId: z.int(), username: z.string(), by: z.string().nullable() });
const job = z.object({ job: z.string(), title: z.string() });

/** What concerns the installation; only GlobalAdmins hear of it. */
export const PORTAL_KINDS: readonly NotificationKind[] = [
  defineKind({
    name: "user.role-raised",
    title: "Global role raised",
    severity: "warning",
    audience: "portal",
    params: person.extend({ role: z.string() }),
    sentence: (params) =>
      `${params.username} now has the global role ${params.role}. ${params.by ?? "Somebody"} gave it.`,
    several: (count) => `${count} people have a higher global role`,
    nameOf: (params) => params.username,
  }),
  defineKind({
    name: "user.mfa-off",
    title: "Second step switched off",
    severity: "warning",
    audience: "portal",
    params: person,
    sentence: (params) =>
      params.by === params.username
        ? `${params.username} switched off their second sign-in step.`
        : `${params.by ?? "Somebody"} switched off the second sign-in step of ${params.username}.`,
    several: (count) => `The second sign-in step of ${count} people was switched off`,
    nameOf: (params) => params.username,
  }),
  defineKind({
    name: "job.failed",
    title: "Job failed",
    severity: "critical",
    audience: "portal",
    params: job.extend({ error: z.string() }),
    sentence: (params) => `Job ${params.title} failed: ${params.error}`,
    several: (count) => `${count} jobs failed`,
    nameOf: (params) => params.title,
    subject: (params) => `job:${params.job}`,
  }),
  defineKind({
    name: "job.late",
    title: "Job did not run",
    severity: "critical",
    audience: "portal",
    params: job.extend({ dueAt: z.iso.datetime() }),
    sentence: (params) => `Job ${params.title} was due at ${params.dueAt} and has not run.`,
    several: (count) => `${count} jobs did not run`,
    nameOf: (params) => params.title,
    subject: (params) => `job:${params.job}`,
  }),
  defineKind({
    name: "disk.nearly-full",
    title: "Disk nearly full",
    severity: "critical",
    audience: "portal",
    params: z.object({ path: z.string(), freeBytes: z.number(), totalBytes: z.number() }),
    sentence: ({ path, freeBytes, totalBytes }) =>
      `The disk of ${path} is nearly full: ${gibibytes(freeBytes)} of ${gibibytes(totalBytes)} GiB are free.`,
    several: (count) => `${count} disks are nearly full`,
    nameOf: (params) => params.path,
    subject: (params) => `path:${params.path}`,
  }),
  defineKind({
    name: "certificate.expiring",
    title: "Certificate about to expire",
    severity: "warning",
    audience: "portal",
    params: z.object({ name: z.string(), expiresAt: z.iso.datetime(), days: z.int() }),
    sentence: (params) =>
      `The portal's certificate for ${params.name} expires within ${params.days === 1 ? "a day" : `${params.days} days`}, at ${params.expiresAt}.`,
    several: (count) => `${count} certificates are about to expire`,
    nameOf: (params) => params.name,
  }),
  defineKind({
    name: "system.updated",
    title: "New version installed",
    severity: "info",
    audience: "portal",
    params: z.object({ version: z.string(), migrations: z.int() }),
    sentence: (params) =>
      `Version ${params.version} has brought the database up to date (${params.migrations} ${params.migrations === 1 ? "step" : "steps"}).`,
    several: (count) => `${count} new versions were installed`,
    nameOf: (params) => params.version,
  }),
  defineKind({
    name: "portal.channel-disabled",
    title: "Channel disabled",
    severity: "warning",
    audience: "portal",
    params: z.object({ channelId: z.int(), channel: z.string(), reason: z.string() }),
    sentence: (params) => `Channel ${params.channel} was disabled: ${params.reason}.`,
    several: (count) => `${count} channels were disabled`,
    nameOf: (params) => params.channel,
  }),
];

function gibibytes(bytes: number): string {
  return (bytes / 1024 ** 3).toFixed(1);
}
