/** Groups for the filter: what stands before the dot of an action. */
export const AUDIT_AREAS = [
  "session",
  "user",
  "membership",
  "company",
  "site",
  "api-key",
  "agent-package",
  "settings",
  "domain",
  "event",
  "error-log",
  "audit",
  "report",
  "retention",
  "privacy",
  "secret",
  "system",
  "job",
  "backup",
  "alert",
  "rule",
  "exception",
  "calendar",
  "holiday",
  "exemption",
  "tag",
  "channel",
  "subscription",
  "notification",
  "mail",
  "view",
  "schedule",
  "data",
] as const;
export type AuditArea = (typeof AUDIT_AREAS)[number];

export const AUDIT_OUTCOMES = ["success", "failure", "denied"] as const;

/** Refusals are recorded under the permission's name; these begin with another word than what they are about. */
const PERMISSIONS_ABOUT: Partial<Record<AuditArea, readonly string[]>> = {
  user: ["mfa-policy"],
  domain: ["domains", "report-domains"],
  event: ["events"],
  alert: ["alerts"],
  notification: ["notifications", "portal-notifications"],
  view: ["views"],
  schedule: ["schedules"],
};

/** How the names of an area's actions begin, `alert.` and `alerts:`, refused permissions included. */
export function auditPrefixes(area: AuditArea): string[] {
  return [`${area}.`, ...[area, ...(PERMISSIONS_ABOUT[area] ?? [])].map((name) => `${name}:`)];
}
