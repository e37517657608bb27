import { and, eq, ne } from "drizzle-orm";
import { expect, it } from "vitest";
import { database } from "@/db/client";
import { ensureSettings } from "@/db/queries/global/first-start";
import { mailMessages } from "@/db/schema/mail";
import { alertAssignForm } from "@/lib/domain/detections/alert-form";
import { assignAlerts } from "@/lib/services/detections/assign-alerts";
import { readAlertsScreen } from "@/lib/services/detections/read-alerts-screen";
import { mailSender } from "@/lib/services/mail/mail-sender";
import { startQueue } from "@/lib/services/queue/worker";
import { setUsersActive } from "@/lib/services/users/change-account";
import { removeMembership, setMembership } from "@/lib/services/users/change-roles";
import { followStoredOf } from "../../support/detecting";
import { provideMail } from "../../support/mailing";
import { provideOwnDatabase } from "../../support/own-database";
import { contextOf, makeUser, type Person } from "../../support/people";
import { makeCompany, storeEvents } from "../../support/stored-events";

provideOwnDatabase();
const mailing = provideMail();

const assignedMailOf = ({ id }: Person) =>
  database()
    .select({ state: mailMessages.state, note: mailMessages.lastNote })
    .from(mailMessages)
    .where(and(eq(mailMessages.userId, id), eq(mailMessages.kind, "alert-assigned")));

it("tells of an assigned alert only who may still manage it when the mail is sent", async () => {
  await database().transaction(ensureSettings);
  const [company, other] = [await makeCompany("Assigned"), await makeCompany("Assigned elsewhere")];
  const context = await contextOf(await makeUser("GlobalAdmin"));
  const { companyId } = company;
  const inCompany = { ...context, scope: company.scope };
  await storeEvents(company, [
    {
      type: "logon_failed",
      computer: "PC-1",
      user: "anna",
      fields: { SubStatus: "0xC0000072" },
      at: Date.now() - 1_000,
    },
  ]);
  await followStoredOf(company);
  const [alert] = (await readAlertsScreen(inCompany, {}, null, "")).alerts;
  const administrator = () =>
    makeUser(
      "User",
      [company, other].map((one) => ({ companyId: one.companyId, role: "CompanyAdmin" })),
    );
  const [stays, deactivated, removed, lowered] = [
    await administrator(),
    await administrator(),
    await administrator(),
    await administrator(),
  ];
  const left = [deactivated, removed, lowered];
  for (const { username } of [...left, stays]) {
    await assignAlerts(
      inCompany,
      alertAssignForm.parse({ alertId: [String(alert!.id)], assignee: username }),
    );
  }
  await setUsersActive(context, { userIds: [deactivated.id], isActive: false });
  await removeMembership(context, { userId: removed.id, memberCompanyId: companyId });
  await setMembership(context, { userId: lowered.id, memberCompanyId: companyId, role: "User" });

  const queue = startQueue([mailSender]);
  try {
    const settled = () =>
      database().$count(
        mailMessages,
        and(eq(mailMessages.kind, "alert-assigned"), ne(mailMessages.state, "waiting")),
      );
    await expect.poll(settled).toBe(4);
    // Those about the changes themselves, which these persons get.
    await expect.poll(() => database().$count(mailMessages, eq(mailMessages.state, "waiting"))).toBe(0);
  } finally {
    await queue.stop();
  }
  const note = "The recipient no longer has access to what the email is about.";
  for (const person of left) expect(await assignedMailOf(person)).toEqual([{ state: "dropped", note }]);
  expect(await assignedMailOf(stays)).toMatchObject([{ state: "done" }]);
  const told = mailing.server.received.filter(({ mail }) => mail.text?.includes(`/${companyId}/alerts/`));
  expect(told.flatMap(({ to }) => to)).toEqual([`${stays.username}@example.com`]);
});
