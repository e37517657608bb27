import { expect, it } from "vitest";
import { queueHandlers } from "@/lib/services/queue/start-work";
import { jobQueue } from "@/lib/services/jobs/job-queue";

const HANDLERS = [...queueHandlers(), jobQueue([]).handler];

it("has a queue without a share for each company only where all entries are the portal's own", () => {
  const without = HANDLERS.filter(({ mostPerCompany }) => mostPerCompany === null);
  expect(without.map(({ queue }) => queue).toSorted()).toEqual(["jobs", "mail"]);
});

it.each(HANDLERS.filter(({ mostPerCompany }) => mostPerCompany !== null))(
  "keeps a place of $queue for another company while one has much to do",
  ({ mostPerCompany, concurrency }) => {
    expect(mostPerCompany).toBeGreaterThan(0);
    expect(mostPerCompany).toBeLessThan(concurrency);
  },
);
