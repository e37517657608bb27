import type { Action } from "./permissions";

/** What the audit trail records, in words. Actions this list does not know are shown as they are written. */
export const AUDIT_ACTION_LABELS: Readonly<Record<string, string>> = {
  "session.sign-in": "Signed in",
  "session.sign-out": "Signed out",
  "session.end": "Ended a session",
  "session.end-others": "Ended other sessions",
  "session.prove": "Confirmed who it is",
  "session.refused": "Refused sign-ins",
  "user.register": "Registered",
  "user.create": "Created a user",
  "user.invite": "Invited a user again",
  "user.revoke-invitation": "Revoked an invitation",
  "user.accept-invitation": "Took up an invitation",
  "user.update": "Edited a user",
  "user.activate": "Activated a user",
  "user.deactivate": "Deactivated a user",
  "user.reset-password": "Reset a password",
  "user.reset-mfa": "Reset a second step",
  "user.sign-out": "Signed a user out",
  "user.set-mfa-requirement": "Set a second-step requirement",
  "user.set-global-role": "Gave a global role",
  "user.change-own-password": "Changed own password",
  "user.reset-own-password": "Chose a new password by a link",
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
  "api-key.disable": "Disabled an API key",
  "api-key.enable": "Enabled an API key",
  "api-key.delete": "Deleted an API key",
  "agent-package.download": "Downloaded an agent package",
  "settings.update": "Changed the settings",
  "domain.add": "Allowed an e-mail domain",
  "domain.remove": "Removed an e-mail domain",
  "error-log.clear": "Cleared the error log",
  "audit.export": "Exported the audit trail",
  "report.export": "Exported a report",
  "audit.retention": "Removed old audit rows",
  "retention.delete-begin": "Began to delete old records",
  "retention.delete": "Deleted old records",
  "privacy.export": "Exported what is held about an account",
  "privacy.erase": "Erased an account",
  "privacy.update-text": "Changed the privacy text",
  "secret.rotate": "Sealed stored secrets anew",
  "job.request": "Asked for a job to run",
  "backup.create": "Made a backup",
  "backup.restore": "Restored a backup",
  "channel.create": "Created a notification channel",
  "channel.update": "Changed a notification channel",
  "channel.pause": "Paused a notification channel",
  "channel.resume": "Resumed a notification channel",
  "channel.disable": "Disabled a notification channel",
  "channel.rotate-secret": "Rotated a channel's secret",
  "channel.reveal": "Revealed a channel's address and secret",
  "channel.delete": "Deleted a notification channel",
  "channel.test": "Sent a test message",
  "channel.forget-address": "Took a user's address out of a notification channel",
  "channel.unsubscribe": "Unsubscribed from a notification channel",
  "mail.send": "Sent a mail",
  "mail.test": "Sent a test message by mail",
  "subscription.create": "Created a subscription",
  "subscription.delete": "Deleted a subscription",
  "subscription.unsubscribe": "Unsubscribed an address",
  "notification.send": "Sent notifications",
  "notification.replay": "Sent notifications again",
  "alert.change": "Dealt with an alert",
  "rule.update": "Changed a rule",
  "rule.habits": "Switched learned habits on or off",
  "rule.export": "Exported the rules",
  "exception.create": "Added an exception to a rule",
  "exception.delete": "Removed an exception from a rule",
  "calendar.update": "Changed working hours",
  "calendar.delete": "Removed working hours",
  "holiday.create": "Added a holiday",
  "holiday.delete": "Removed a holiday",
  "exemption.create": "Exempted an account from working hours",
  "exemption.delete": "Removed an exemption from working hours",
  "tag.update": "Changed tags",
  "tag.pattern-create": "Added a pattern of a tag",
  "tag.pattern-delete": "Removed a pattern of a tag",
  "view.create": "Saved a view",
  "view.update": "Changed a saved view",
  "view.delete": "Deleted a saved view",
  "schedule.create": "Scheduled a report",
  "schedule.update": "Changed a scheduled report",
  "schedule.pause": "Paused a scheduled report",
  "schedule.resume": "Resumed a scheduled report",
  "schedule.unsubscribe": "Unsubscribed from a scheduled report",
  "schedule.stop": "Stopped a scheduled report",
  "schedule.delete": "Deleted a scheduled report",
  "schedule.send-now": "Asked for a scheduled report now",
  "schedule.send": "Sent a scheduled report",
  "data.import": "Brought over a database of the original",
};

/** What a permission lets one do, behind "Tried to": how a refusal reads. */
const DENIED_WORDS: Readonly<Record<Action | "company:read", string>> = {
  "company:read": "open a company",
  "events:read": "see events",
  "company:create": "create a company",
  "company:update": "edit a company",
  "company:delete": "delete a company",
  "site:manage": "manage sites and API keys",
  "privacy:manage": "manage privacy",
  "views:share": "share views",
  "schedules:manage": "schedule a report",
  "report-domains:update": "allow recipients of reports",
  "alerts:read": "see alerts",
  "alerts:manage": "deal with alerts and rules",
  "notifications:read": "see notifications",
  "notifications:manage": "manage notifications",
  "portal-notifications:manage": "manage the portal's notifications",
  "user:list": "list users",
  "user:create": "create a user",
  "user:update": "edit a user",
  "user:choose-username": "choose a username",
  "user:activate": "activate or deactivate a user",
  "user:reset-password": "reset a password",
  "user:reset-mfa": "reset a second step",
  "user:sign-out": "sign a user out",
  "user:delete": "delete a user",
  "user:set-global-role": "give a global role",
  "membership:set-role": "give a company role",
  "membership:remove": "remove a member",
  "settings:update": "change the settings",
  "domains:update": "change the allowed domains",
  "error-log:read": "see the error log",
  "audit:read-all": "see the whole audit trail",
  "system:read": "see the system page",
  "audit:read-company": "see a company's audit trail",
  "mfa-policy:set": "set a second-step requirement",
};

/** What happened, in words: `Disabled an API key`, and `Tried to see the error log` where a permission was refused. */
export function auditActionLabel(action: string): string {
  if (Object.hasOwn(DENIED_WORDS, action)) return `Tried to ${DENIED_WORDS[action as Action]}`;
  return Object.hasOwn(AUDIT_ACTION_LABELS, action) ? AUDIT_ACTION_LABELS[action]! : action;
}

/** Fields in words where their names do not tell enough. */
const FIELD_WORDS: Readonly<Record<string, string>> = {
  isActive: "active",
  expiresAt: "expires",
  invitedUntil: "invitation valid until",
  mustChangePassword: "must change password",
  mfaRequirement: "second step",
  globalRole: "global role",
};

/** A field's name in words: `retentionDays` reads `retention days`. */
export function auditFieldLabel(name: string): string {
  return (
    FIELD_WORDS[name] ??
    name
      .replaceAll(/([a-z0-9])([A-Z])/g, "$1 $2")
      .toLowerCase()
      .replaceAll(/[_-]/g, " ")
  );
}

/** A value as it reads in the trail; nothing is a dash. */
export function auditValueText(value: unknown): string {
  if (value === null || value === undefined || value === "") return "–";
  if (typeof value === "boolean") return value ? "yes" : "no";
  if (Array.isArray(value)) return value.length === 0 ? "none" : value.map(auditValueText).join(", ");
  if (typeof value === "object") return JSON.stringify(value);
  return String(value);
}

/** Named beside the filters, or of no interest to who reads the trail. */
const NO_FILTERS: ReadonlySet<string> = new Set(["company", "format", "columns"]);

/** The value of a field by its name: filters are kept as an address has them, and read as words. */
export function auditFieldText(name: string, value: unknown): string {
  if ((name !== "filters" && name !== "query") || typeof value !== "string") return auditValueText(value);
  const filters = [...new URLSearchParams(value)].filter(([key]) => !NO_FILTERS.has(key));
  return filters.length === 0 ? "none" : filters.map(([key, word]) => `${key} ${word}`).join(", ");
}

type Fields = Readonly<Record<string, unknown>> | null;

/** What a row of the trail changed, in one line: `active: yes → no, description: gate`; empty for nothing. */
export function auditChangeText(before: Fields, after: Fields): string {
  const names = new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})]);
  return [...names]
    .map((name) => {
      const [was, is] = [before, after].map((fields) => auditFieldText(name, fields?.[name])) as [
        string,
        string,
      ];
      const change = before === null || !(name in before) || was === is ? is : `${was} → ${is}`;
      return `${auditFieldLabel(name)}: ${after === null ? was : change}`;
    })
    .join(", ");
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
  report: "Reports",
  retention: "Retention",
  privacy: "Privacy",
  secret: "Secrets",
  job: "Jobs",
  backup: "Backups",
  channel: "Notification channels",
  subscription: "Subscriptions",
  notification: "Notifications",
  mail: "Mail to persons",
  schedule: "Scheduled reports",
  data: "Moving over",
} as const;

export const AUDIT_OUTCOMES = { success: "Done", failure: "Failed", denied: "Denied" } as const;
