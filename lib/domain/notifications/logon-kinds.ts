import { z } from "zod";
import type { Text } from "../text";
import { kindFor, named, timeOf, type NotificationKind } from "./kind";

const companyKind = kindFor("company");
const site = named;
const computer = named;
const account = named;

const burst = z.object({
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
});

function burstText({ account: one, address, failures, accounts, from }: z.output<typeof burst>): Text {
  const since = timeOf(from);
  if (!one) {
    const values = { failures, accounts, address: address ?? "", since };
    return { key: "notificationSentences.burstOfAddress", values };
  }
  return address
    ? {
        key: "notificationSentences.burstFromAddress",
        values: { account: one.name, failures, address, since },
      }
    : { key: "notificationSentences.burst", values: { account: one.name, failures, since } };
}

/** Kinds that tell of logons as they are reported. */
export const LOGON_KINDS: readonly NotificationKind[] = [
  companyKind({
    name: "account.locked-out",
    title: { key: "notificationKinds.lockedOut" },
    severity: "warning",
    params: z.object({ account, computer, site, at: z.iso.datetime() }),
    sentence: (params) => ({
      key: "notificationSentences.lockedOut",
      values: { account: params.account.name, computer: params.computer.name, time: timeOf(params.at) },
    }),
    several: (count) => ({ key: "notificationSentences.several.lockedOut", values: { count } }),
    nameOf: (params) => params.account.name,
  }),
  companyKind({
    name: "logon.burst",
    title: { key: "notificationKinds.burst" },
    severity: "warning",
    params: burst,
    sentence: burstText,
    several: (count) => ({ key: "notificationSentences.several.burst", values: { count } }),
    nameOf: (params) => params.account?.name ?? params.address ?? "",
    subject: (params) => (params.account ? `account:${params.account.id}` : `address:${params.address}`),
  }),
  companyKind({
    name: "logon.burst-success",
    title: { key: "notificationKinds.burstSuccess" },
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
    sentence: ({ account: { name }, computer: at, address, failures, ...params }) => {
      const values = { account: name, computer: at.name, failures, time: timeOf(params.at) };
      return address
        ? {
            key: "notificationSentences.burstSuccessFromAddress",
            values: { ...values, address },
          }
        : { key: "notificationSentences.burstSuccess", values };
    },
    several: (count) => ({ key: "notificationSentences.several.burstSuccess", values: { count } }),
    nameOf: (params) => params.account.name,
  }),
];
