import { z } from "zod";
import type { Text } from "../text";
import { ALERT_KINDS } from "./alert-kinds";
import { CHANNEL_DISABLED } from "./channel-disabled";
import { actorOf, kindFor, named, timeOf, TWO_FACTOR_OFF, type NotificationKind } from "./kind";
import { LOGON_KINDS } from "./logon-kinds";
import { reasonText } from "./reasons";

const companyKind = kindFor("company");
const site = named;
const computer = named;
const keyName = z.string().nullable();

const key = z.object({ keyId: z.int(), description: keyName, site });
type Key = Pick<z.output<typeof key>, "keyId" | "description" | "site">;
const keyText = ({ keyId, description, site: { name } }: Key): Text =>
  description
    ? { key: "notificationSentences.keyNamed", values: { name: description, site: name } }
    : { key: "notificationSentences.keyNumbered", values: { id: String(keyId), site: name } };
const nameOfKey = ({ description, keyId }: Pick<Key, "keyId" | "description">): string =>
  description ?? `#${keyId}`;

const KEYS: readonly NotificationKind[] = [
  companyKind({
    name: "key.created",
    title: { key: "notificationKinds.keyCreated" },
    severity: "info",
    params: key.extend({ by: z.string().nullable() }),
    sentence: (params) => ({
      key: "notificationSentences.keyCreated",
      values: { by: actorOf(params.by), key: keyText(params) },
    }),
    several: (count) => ({ key: "notificationSentences.several.keyCreated", values: { count } }),
    nameOf: nameOfKey,
  }),
  companyKind({
    name: "key.rotated",
    title: { key: "notificationKinds.keyRotated" },
    severity: "info",
    params: key.extend({ by: z.string().nullable(), endsAt: z.iso.datetime() }),
    sentence: (params) => ({
      key: "notificationSentences.keyRotated",
      values: { by: actorOf(params.by), key: keyText(params), endsAt: timeOf(params.endsAt) },
    }),
    several: (count) => ({ key: "notificationSentences.several.keyRotated", values: { count } }),
    nameOf: nameOfKey,
  }),
  companyKind({
    name: "key.expiring",
    title: { key: "notificationKinds.keyExpiring" },
    severity: "warning",
    params: key.extend({ expiresAt: z.iso.datetime(), days: z.int() }),
    sentence: (params) => ({
      key: "notificationSentences.keyExpiring",
      values: { key: keyText(params), days: params.days, expiresAt: timeOf(params.expiresAt) },
    }),
    several: (count) => ({ key: "notificationSentences.several.keyExpiring", values: { count } }),
    nameOf: nameOfKey,
  }),
  companyKind({
    name: "key.refused",
    title: { key: "notificationKinds.keyRefused" },
    severity: "warning",
    params: key.extend({ count: z.int(), reason: z.string() }),
    sentence: (params) => ({
      key: "notificationSentences.keyRefused",
      values: { key: keyText(params), count: params.count, reason: reasonText(params.reason) },
    }),
    several: (count) => ({ key: "notificationSentences.several.keyRefused", values: { count } }),
    nameOf: nameOfKey,
  }),
];

const MEMBERS: readonly NotificationKind[] = [
  companyKind({
    name: "member.admin-added",
    title: { key: "notificationKinds.adminAdded" },
    severity: "warning",
    params: TWO_FACTOR_OFF.params,
    sentence: ({ username, by }) => ({
      key: "notificationSentences.adminAdded",
      values: { by: actorOf(by), username },
    }),
    several: (count) => ({ key: "notificationSentences.several.adminAdded", values: { count } }),
    nameOf: (params) => params.username,
  }),
  companyKind({ name: "member.mfa-off", ...TWO_FACTOR_OFF }),
];

const ofComputer = z.object({ computer, site: site.optional() });
const subjectOfComputer = (params: { computer: { id: number } }) => `computer:${params.computer.id}`;

/** "PC-7 (HO)", or the name alone. */
function computerText({ computer: { name }, site: at }: z.output<typeof ofComputer>): string | Text {
  return at ? { key: "notificationSentences.computerAt", values: { computer: name, site: at.name } } : name;
}

const COMPUTERS: readonly NotificationKind[] = [
  companyKind({
    name: "computer.silent",
    title: { key: "notificationKinds.computerSilent" },
    severity: "warning",
    params: ofComputer.extend({ lastSeenAt: z.iso.datetime() }),
    sentence: (params) => ({
      key: "notificationSentences.computerSilent",
      values: { computer: computerText(params), lastSeenAt: timeOf(params.lastSeenAt) },
    }),
    several: (count) => ({ key: "notificationSentences.several.computerSilent", values: { count } }),
    nameOf: (params) => params.computer.name,
    subject: subjectOfComputer,
  }),
  companyKind({
    name: "computer.back",
    title: { key: "notificationKinds.computerBack" },
    severity: "info",
    params: ofComputer,
    sentence: (params) => ({
      key: "notificationSentences.computerBack",
      values: { computer: params.computer.name },
    }),
    several: (count) => ({ key: "notificationSentences.several.computerBack", values: { count } }),
    nameOf: (params) => params.computer.name,
    subject: subjectOfComputer,
    ends: "computer.silent",
  }),
  companyKind({
    name: "agent.clock-wrong",
    title: { key: "notificationKinds.clockWrong" },
    severity: "warning",
    params: ofComputer.extend({ aheadSeconds: z.int() }),
    sentence: ({ computer: { name }, aheadSeconds }) => {
      const values = { computer: name, minutes: Math.round(Math.abs(aheadSeconds) / 60) };
      return aheadSeconds < 0
        ? { key: "notificationSentences.clockBehind", values }
        : { key: "notificationSentences.clockAhead", values };
    },
    several: (count) => ({ key: "notificationSentences.several.clockWrong", values: { count } }),
    nameOf: (params) => params.computer.name,
    subject: subjectOfComputer,
  }),
  companyKind({
    name: "agent.lost-events",
    title: { key: "notificationKinds.eventsLost" },
    severity: "warning",
    params: ofComputer.extend({ lost: z.int(), total: z.int() }),
    sentence: ({ computer: { name }, lost }) => ({
      key: "notificationSentences.eventsLost",
      values: { computer: name, lost },
    }),
    several: (count) => ({ key: "notificationSentences.several.eventsLost", values: { count } }),
    nameOf: (params) => params.computer.name,
    subject: subjectOfComputer,
  }),
];

const SITES: readonly NotificationKind[] = [
  companyKind({
    name: "site.silent",
    title: { key: "notificationKinds.siteSilent" },
    severity: "critical",
    params: z.object({ site, lastSeenAt: z.iso.datetime() }),
    sentence: (params) => ({
      key: "notificationSentences.siteSilent",
      values: { site: params.site.name, lastSeenAt: timeOf(params.lastSeenAt) },
    }),
    several: (count) => ({ key: "notificationSentences.several.siteSilent", values: { count } }),
    nameOf: (params) => params.site.name,
    subject: (params) => `site:${params.site.id}`,
  }),
  companyKind({
    name: "site.back",
    title: { key: "notificationKinds.siteBack" },
    severity: "info",
    params: z.object({ site }),
    sentence: (params) => ({
      key: "notificationSentences.siteBack",
      values: { site: params.site.name },
    }),
    several: (count) => ({ key: "notificationSentences.several.siteBack", values: { count } }),
    nameOf: (params) => params.site.name,
    subject: (params) => `site:${params.site.id}`,
    ends: "site.silent",
  }),
];

const report = z.object({ scheduleId: z.int(), view: z.string(), reason: z.string() });

const REPORTS: readonly NotificationKind[] = [
  companyKind({
    name: "report.stopped",
    title: { key: "notificationKinds.reportStopped" },
    severity: "warning",
    params: report,
    sentence: ({ view, reason }) => ({
      key: "notificationSentences.reportStopped",
      values: { view, reason: reasonText(reason) },
    }),
    several: (count) => ({ key: "notificationSentences.several.reportStopped", values: { count } }),
    nameOf: (params) => params.view,
  }),
  companyKind({
    name: "report.failed",
    title: { key: "notificationKinds.reportFailed" },
    severity: "warning",
    params: report.extend({ dueAt: z.iso.datetime() }),
    sentence: ({ view, dueAt, reason }) => ({
      key: "notificationSentences.reportFailed",
      values: { view, dueAt: timeOf(dueAt), reason: reasonText(reason) },
    }),
    several: (count) => ({ key: "notificationSentences.several.reportFailed", values: { count } }),
    nameOf: (params) => params.view,
  }),
];

export const COMPANY_KINDS: readonly NotificationKind[] = [
  ...LOGON_KINDS,
  ...ALERT_KINDS,
  ...COMPUTERS,
  ...SITES,
  ...KEYS,
  ...MEMBERS,
  companyKind({ name: "channel.disabled", ...CHANNEL_DISABLED }),
  ...REPORTS,
];
