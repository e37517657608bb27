import { expect, it } from "vitest";
import { readWithin } from "@/db/scope";
import { listHours } from "@/db/queries/calendar/hours";
import { listPatterns } from "@/db/queries/tags/tags";
import { prepareDemo } from "@/lib/services/companies/prepare-demo";
import { demoFleet } from "@/scripts/demo/fleet";
import { choicesOf } from "@/scripts/demo/story";
import { makeCompany } from "../../support/stored-events";

it("a demo's company gets its hours and tags once, and what people have changed stays", async () => {
  const { name, scope } = await makeCompany("Demonstrated");
  const choices = { ...choicesOf(demoFleet(1)[0]!), company: name };
  const read = () =>
    readWithin(scope, async (tx) => ({
      hours: await listHours(tx, scope),
      patterns: await listPatterns(tx, scope),
    }));
  await prepareDemo(choices);
  const first = await read();
  expect(first.hours).toMatchObject([{ hours: Array.from({ length: 7 }, () => ({ from: 270, to: 1_410 })) }]);
  expect(first.patterns.map(({ tag }) => tag).toSorted()).toEqual([
    "administrator",
    "administrators-computer",
    "service-account",
  ]);
  await prepareDemo({ ...choices, from: "08:00" });
  expect(await read()).toEqual(first);
});
