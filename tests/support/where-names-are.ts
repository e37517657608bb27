/** What a table can hold of an account, and what becomes of it. */
export interface NamePlace {
  /** Under which key of the JSON export it is; or why the export does without it. */
  exported: string | { left: string };
  /** Why an erasure leaves the name there; absent where it leaves none. */
  keepsName?: string;
}

const CALCULATED = "calculated from the account's events, which are exported";

/** Every table that can hold an account's name or id. */
export const NAME_PLACES: Readonly<Record<string, NamePlace>> = {
  accounts: { exported: "account" },
  events: { exported: "events" },
  presence: { exported: "lastPlaces" },
  notifications: { exported: "notifications" },
  notification_subscriptions: { exported: "notificationSubscriptions" },
  alerts: { exported: "alerts" },
  alert_history: { exported: "alerts" },
  detection_exceptions: { exported: "alertExceptions" },
  detection_states: { exported: "ruleMemories" },
  account_tags: { exported: "tags" },
  tag_patterns: { exported: "tagPatterns" },
  calendar_exemptions: { exported: "calendarExemptions" },
  saved_views: { exported: "savedViews" },
  report_schedules: { exported: "savedViews" },
  audit_log: {
    exported: "auditTrail",
    keepsName: "rows of a hash chain can't be changed; retention deletes them",
  },
  mail_messages: {
    exported: { left: "a mail to another person, about a report that stopped" },
    keepsName: "the name of a view as it was mailed; deleted after 90 days",
  },
};

/** Tables that hold accounts in a form that no search for text finds. */
export const UNREADABLE_PLACES: Readonly<Record<string, string>> = {
  time_spent_months: CALCULATED,
};

/** Every other table, and what it holds instead. */
export const NAMELESS_TABLES: Readonly<Record<string, string>> = {
  tenants: "companies",
  app_auth_companies: "companies",
  sites: "sites",
  app_auth_api_keys: "keys",
  api_key_usage: "counts of a key",
  computers: "computers, whose names are the computers' own",
  computer_tags: "computers",
  event_counts: "counts of a site",
  time_spent_late: "computers",
  time_spent_progress: "instants",
  company_calendars: "hours",
  calendar_holidays: "days",
  detection_cursors: "how far events have been asked",
  detection_settings: "values of rules",
  detection_backtests: "counts of alerts",
  notification_channels: "where messages go",
  notification_deliveries: "attempts; the message is made of its notifications each time",
  notification_items: "which notification goes where",
  notification_attempts: "attempts",
  notification_reads: "users of the portal",
  report_runs: "recipients and files of a schedule, deleted with it",
  queue_entries: "ids of what is to be done",
  jobs: "results in numbers",
  detection_clock: "how far events are settled",
  derivation_progress: "instants",
  audit_chain: "hashes",
  audit_removed: "hashes",
  api_error_logs: "faults, without the parameters of queries",
  app_auth_settings: "settings",
  app_auth_allowed_domains: "mail domains",
  imported_rows: "ids and digests of users of the portal, companies, sites, and keys",
  app_auth_users: "users of the portal",
  app_auth_user_companies: "users of the portal",
  user_sessions: "users of the portal",
  mfa_recovery_codes: "users of the portal",
  account_notices: "users of the portal",
  one_time_tokens: "users of the portal",
  pending_registrations: "users of the portal",
};
