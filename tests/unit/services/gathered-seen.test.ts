import fc from "fast-check";
import { expect, it } from "vitest";
import type { CompanyWriteScope } from "@/db/scope";
import { GatheredSeen, type Kept } from "@/lib/services/events/gathered-seen";

interface Times {
  scope: CompanyWriteScope;
  times: string;
}

const scopes = [1, 2].map((companyId) => ({ companyId }) as CompanyWriteScope);
const opened = () =>
  new GatheredSeen<string, Times>(
    (known, seen) => (known.times = [known.times, seen.times].join()),
    (known, seen) => (known.times = seen.times),
  );
const told = (taken: readonly Kept<string, Times>[]) =>
  taken.map(({ key, value }) => `${value.scope.companyId}/${key} ${value.times}`);

it("gathers by company and name, and what was written is not written again", () => {
  const gathered = opened();
  gathered.add("a", { scope: scopes[0]!, times: "1" });
  gathered.add("a", { scope: scopes[1]!, times: "2" });
  gathered.add("a", { scope: scopes[0]!, times: "3" });
  const taken = gathered.take();
  expect(told(taken)).toEqual(["1/a 1,3", "2/a 2"]);
  gathered.settle(taken);
  gathered.add("a", { scope: scopes[1]!, times: "4" });
  expect(told(gathered.take())).toEqual(["2/a 4"]);
});

it("what comes while the same name is written leaves that alone", () => {
  const gathered = opened();
  gathered.add("a", { scope: scopes[0]!, times: "1" });
  const taken = gathered.take();
  gathered.add("a", { scope: scopes[0]!, times: "2" });
  expect(told(taken)).toEqual(["1/a 1"]);
  gathered.giveBack(taken);
  expect(told(gathered.take())).toEqual(["1/a 2,1"]);
});

const steps = fc.array(
  fc.oneof(
    { weight: 4, arbitrary: fc.record({ company: fc.nat(1), key: fc.constantFrom("a", "b", "c") }) },
    fc.constantFrom("take" as const, "settle" as const, "fail" as const),
  ),
  { maxLength: 60 },
);

it("writes each thing exactly once, whatever fails and however writings overlap", () => {
  fc.assert(
    fc.property(steps, (all) => {
      const gathered = opened();
      const underWay: Kept<string, Times>[][] = [];
      const sent: string[] = [];
      const written: string[] = [];
      const settle = (taken: Kept<string, Times>[]) => {
        for (const { key, value } of taken) {
          for (const time of value.times.split(",")) written.push(`${value.scope.companyId}/${key} ${time}`);
        }
        gathered.settle(taken);
      };
      all.forEach((step, time) => {
        if (step === "take") underWay.push(gathered.take());
        else if (step === "settle") settle(underWay.shift() ?? []);
        else if (step === "fail") gathered.giveBack(underWay.shift() ?? []);
        else {
          const scope = scopes[step.company]!;
          gathered.add(step.key, { scope, times: String(time) });
          sent.push(`${scope.companyId}/${step.key} ${time}`);
        }
      });
      for (const taken of [...underWay, gathered.take()]) settle(taken);
      expect(written.toSorted()).toEqual(sent.toSorted());
    }),
  );
});
