import { describe, expect, it } from "vitest";
import { portalScope } from "@/db/scope";
import { limitedPerCompany } from "@/lib/server/limited-per-company";
import { operatorContext } from "@/lib/services/context";
import { operatorIn } from "../../support/notifying";
import { makeCompany } from "../../support/stored-events";

describe("what a company's administrators have sent by hand", () => {
  it.each([
    ["test messages", "channel-test", 20, /^There were too many test messages in the last hour/],
    ["messages that are sent again", "channel-replay", 60, /^Messages were sent again too often/],
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
});
