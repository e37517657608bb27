import { describe, expect, it } from "vitest";
import { portalScope } from "@/db/scope";
import { limitedPerCompany } from "@/lib/server/limited-per-company";
import { operatorContext } from "@/lib/services/context";
import { AppError } from "@/lib/errors";
import { operatorIn } from "../../support/notifying";
import { contextIn } from "../../support/people";
import { makeCompany } from "../../support/stored-events";
import { provideUnheldRefusals } from "../../support/unheld-refusals";

provideUnheldRefusals();

describe("what a company's administrators have sent by hand", () => {
  it.each([
    ["test messages", "channel-test", 20, /^There were too many test messages in the last hour/],
    ["messages that are sent again", "channel-replay", 60, /^Messages were sent again too often/],
    ["reports that are sent now", "report-now", 60, /^Too many reports were sent by hand/],
  ] as const)("is limited for %s, for each company by itself", async (_, kind, most, words) => {
    const sent: number[] = [];
    const send = limitedPerCompany(
      kind,
      async ({ scope }, count: number) => sent.push(scope.companyId) * count,
    );
    const [company, other] = [await makeCompany("Limited"), await makeCompany("Limited too")];
    for (let n = 0; n < most; n += 1) await send(operatorIn(company), n);
    await expect(send(operatorIn(company), most)).rejects.toMatchObject({
      code: "limited",
      message: expect.stringMatching(words),
    });
    await send(operatorIn(other), 0);
    await send({ ...operatorContext("command line"), scope: portalScope() }, 0);
    expect(sent).toHaveLength(most + 2);
  });

  it("is limited for each user too, who can't use up the company's, and only where something is sent", async () => {
    const company = await makeCompany("Limited by user");
    const [one, other] = [await contextIn(company, "User"), await contextIn(company, "User")];
    let sent = 0;
    const send = limitedPerCompany(
      "report-now",
      async (_, isRefused: boolean) => {
        if (isRefused) throw new AppError("conflict", { key: "scheduleErrors.inProgress" });
        sent += 1;
      },
      "report-now-user",
    );
    for (let n = 0; n < 70; n += 1) await expect(send(one, true)).rejects.toMatchObject({ code: "conflict" });
    for (let n = 0; n < 20; n += 1) await send(one, false);
    for (let n = 0; n < 50; n += 1) await expect(send(one, false)).rejects.toMatchObject({ code: "limited" });
    await send(other, false);
    expect(sent).toBe(21);
  });
});
