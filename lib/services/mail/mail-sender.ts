import { database, type Transaction } from "@/db/client";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { finishEntry, putOffEntry, type TakenEntry } from "@/db/queries/global/queue";
import { deleteMail, findMail, updateMail, type MailRow, type MailUser } from "@/db/queries/mail/messages";
import { writePersonalMail } from "@/lib/domain/mail/personal-mails";
import { nextStep } from "@/lib/domain/notifications/retry-schedule";
import { inEnglish } from "@/lib/english";
import { logger } from "@/lib/logger";
import { metrics } from "@/lib/metrics";
import { operatorActor } from "../audit/actor";
import type { QueueHandler } from "../queue/queue-handler";
import { readMailSurroundings } from "./mail-surroundings";
import { resolveMail } from "./resolve-mail";
import { sendMail, type MailOutcome } from "./send-mail";

/** Sends what the portal writes to one person, each mail by one server at a time. */
export const mailSender: QueueHandler = {
  queue: "mail",
  concurrency: 4,
  mostPerCompany: null,
  leaseSeconds: 90,
  run: attemptMail,
};

async function attemptMail(entry: TakenEntry, signal: AbortSignal): Promise<void> {
  const found = await findMail(Number(entry.key));
  const settle = (work: (tx: Transaction) => Promise<void>) => database().transaction(work);
  if (!found || found.state !== "waiting") return settle((tx) => finishEntry(tx, entry));
  const resolved = await database().transaction((tx) => resolveMail(tx, found));
  if ("nobody" in resolved) {
    // The portal keeps no address without an account.
    return settle(async (tx) => {
      await finishEntry(tx, entry);
      await deleteMail(tx, found.id);
    });
  }
  const { mail, user } = resolved;
  const surroundings = await readMailSurroundings(mail, user);
  if ("dropped" in surroundings) return settle((tx) => drop(tx, entry, mail, surroundings.dropped));
  const { around, reader } = surroundings;
  const written = writePersonalMail(mail.kind, mail.params, around, reader);
  const outcome = await sendMail({ ...written, to: mail.address, messageId: mail.messageId }, signal);
  await settle((tx) => record(tx, entry, mail, user, outcome));
  metrics()?.deliveryAttempts.inc({ type: "personal-mail", result: outcome.result });
}

async function drop(tx: Transaction, entry: TakenEntry, { id }: MailRow, lastNote: string): Promise<void> {
  await finishEntry(tx, entry);
  await updateMail(tx, id, { state: "dropped", finishedAt: new Date(), lastNote });
}

/** Temporary failures are tried again while the link works. */
async function record(
  tx: Transaction,
  entry: TakenEntry,
  mail: MailRow,
  user: MailUser | null,
  outcome: MailOutcome,
): Promise<void> {
  const now = Date.now();
  const attemptCount = mail.attemptCount + 1;
  const step = nextStep({ number: attemptCount, ...outcome }, now, Math.random());
  const mayRetry = step.kind === "retry" && !(mail.expiresAt && mail.expiresAt.getTime() <= step.at);
  await (step.kind === "retry" && mayRetry
    ? putOffEntry(tx, entry, new Date(step.at))
    : finishEntry(tx, entry));
  const { status } = outcome;
  const note = outcome.note && inEnglish(outcome.note);
  await updateMail(tx, mail.id, {
    attemptCount,
    lastStatus: status,
    lastNote: note,
    ...(!mayRetry && { state: step.kind === "done" ? "done" : "failed", finishedAt: new Date(now) }),
  });
  if (step.kind === "done") await auditSent(tx, mail, user);
  else logger.info({ mail: mail.id, kind: mail.kind, status, note, mayRetry }, "Can't send an email");
}

async function auditSent(tx: Transaction, { kind, address }: MailRow, user: MailUser | null): Promise<void> {
  await insertAuditRow(tx, {
    ...operatorActor("scheduled job"),
    companyId: null,
    action: "mail.send",
    ...(user && { targetType: "user", targetId: user.id, targetName: user.username }),
    after: { kind, to: address },
  });
}
