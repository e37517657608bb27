/** Groups for the filter: what stands before the dot. */
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
  "error-log",
  "audit",
  "report",
  "retention",
  "privacy",
  "secret",
  "job",
  "backup",
  "channel",
  "subscription",
  "notification",
  "mail",
  "schedule",
  "data",
] as const;

export const AUDIT_OUTCOMES = ["success", "failure", "denied"] as const;
