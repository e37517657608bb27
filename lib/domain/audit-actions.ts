/** What the audit trail records, in words. Actions this list does not know are shown as they are written. */
export const AUDIT_ACTION_LABELS: Readonly<Record<string, string>> = {
  "session.sign-in": "Signed in",
  "session.sign-out": "Signed out",
  "session.end": "Ended a session",
  "session.end-others": "Ended other sessions",
  "session.refused": "Refused sign-ins",
  "user.register": "Registered",
  "user.create": "Created a user",
  "user.update": "Edited a user",
  "user.activate": "Activated a user",
  "user.deactivate": "Deactivated a user",
  "user.reset-password": "Reset a password",
  "user.reset-mfa": "Reset a second step",
  "user.set-mfa-requirement": "Set a second-step requirement",
  "user.set-global-role": "Gave a global role",
  "user.change-own-password": "Changed own password",
  "user.delete": "Deleted a user",
  "membership.add": "Added a member",
  "membership.set-role": "Gave a company role",
  "membership.remove": "Removed a member",
  "company.create": "Created a company",
  "company.update": "Edited a company",
  "company.purge-begin": "Began to purge a company",
  "company.purge": "Purged a company's data",
  "company.delete": "Deleted a company",
  "site.create": "Created a site",
  "site.rename": "Renamed a site",
  "site.delete": "Deleted a site",
  "api-key.create": "Created an API key",
  "api-key.reveal": "Revealed an API key",
  "api-key.rotate": "Rotated an API key",
  "api-key.update": "Changed an API key",
  "api-key.delete": "Deleted an API key",
  "agent-package.download": "Downloaded an agent package",
  "settings.update": "Changed the settings",
  "domain.add": "Allowed an e-mail domain",
  "domain.remove": "Removed an e-mail domain",
  "error-log.clear": "Cleared the error log",
  "audit.export": "Exported the audit trail",
};

export function auditActionLabel(action: string): string {
  return AUDIT_ACTION_LABELS[action] ?? action;
}

/** Groups for the filter: what stands before the dot. */
export const AUDIT_AREAS = {
  session: "Sign-ins and sessions",
  user: "Users",
  membership: "Memberships",
  company: "Companies",
  site: "Sites",
  "api-key": "API keys",
  "agent-package": "Agent packages",
  settings: "Settings",
  domain: "E-mail domains",
  "error-log": "Error log",
  audit: "Audit trail",
} as const;

export const AUDIT_OUTCOMES = { success: "Done", failure: "Failed", denied: "Denied" } as const;
