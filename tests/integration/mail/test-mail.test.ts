import { sql } from "drizzle-orm";
import { expect, it } from "vitest";
import { database } from "@/db/client";
import { readMailSetUp, sendTestMail } from "@/lib/services/mail/test-mail";
import { inEnglish } from "@/lib/english";
import { provideMail, setMailEnv } from "../../support/mailing";
import { provideOwnDatabase } from "../../support/own-database";
import { contextOf, makeUser } from "../../support/people";
import { MAIL_PASSWORD } from "../../support/smtp-server";

provideOwnDatabase();
const mailing = provideMail();
const admin = async () => contextOf(await makeUser("GlobalAdmin"));
const auditOf = async (address: string) =>
  database().execute<{ outcome: string; actor_name: string }>(
    sql`select outcome, actor_name from audit_log where action = 'mail.test' and after ->> 'to' = ${address}`,
  );

it("sends a test message and gives the mail server's own answer", async () => {
  const context = await admin();
  const address = "taken@example.org";
  const answer = await sendTestMail(context, { address });
  expect(answer).toMatchObject({ isSent: true, note: null });
  expect(answer.answer).toContain("queued as TEST");
  const [received] = await mailing.to(address);
  expect(received!.mail.text).toContain(`${context.audit.actorName} sent this test.`);
  expect(await auditOf(address)).toEqual([{ outcome: "success", actor_name: context.audit.actorName }]);
});

it("gives the mail server's words when it refuses, and audits the failure", async () => {
  mailing.server.refuse({ step: "recipient", code: 550, words: "No such mailbox" });
  const address = "refused@example.org";
  const answer = await sendTestMail(await admin(), { address });
  expect(answer).toMatchObject({ isSent: false, note: { key: "mailNotes.recipientRefused" } });
  expect(answer.answer).toContain("No such mailbox");
  expect(await auditOf(address)).toMatchObject([{ outcome: "failure" }]);
});

it("shows how mail is set up without its password", async () => {
  const setUp = readMailSetUp(await admin());
  expect(setUp).toMatchObject({
    encryption: { key: "mailNotes.startTls" },
    isSigned: false,
    hasPublicUrl: true,
  });
  expect(JSON.stringify(setUp)).not.toContain(MAIL_PASSWORD);
  expect(inEnglish(setUp!.server)).toBe(mailing.server.host.replace(":", ", port "));
});

it("sends nothing while mail is not set up", async () => {
  const context = await admin();
  setMailEnv({ SMTP_URL: undefined, MAIL_FROM: undefined });
  try {
    expect(readMailSetUp(context)).toBeNull();
    await expect(sendTestMail(context, { address: "a@example.org" })).rejects.toMatchObject({
      code: "conflict",
    });
  } finally {
    setMailEnv({ SMTP_URL: mailing.server.url, MAIL_FROM: "WinAuthMon <winauthmon@example.com>" });
  }
});

it.each(["Admin", "User"])("is refused to the role %s", async (role) => {
  const context = await contextOf(await makeUser(role));
  expect(() => readMailSetUp(context)).toThrow("Your role doesn't allow this.");
  await expect(sendTestMail(context, { address: "b@example.org" })).rejects.toMatchObject({
    code: "forbidden",
  });
  expect(await auditOf("b@example.org")).toHaveLength(0);
});
