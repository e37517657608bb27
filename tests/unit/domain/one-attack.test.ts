import { expect, it } from "vitest";
import type { Burst } from "@/lib/domain/failures/burst-finder";
import { joinAttacks } from "@/lib/domain/failures/one-attack";

const burst = (part: Partial<Burst>): Burst => ({
  kind: "account",
  companyId: 1,
  accountId: 7,
  address: "10.0.0.5",
  from: 100,
  to: 200,
  since: 150,
  failures: 5,
  lockouts: 0,
  accountIds: [7],
  computerIds: [1],
  addresses: ["10.0.0.5"],
  ...part,
});
const spray = burst({ kind: "address", accountId: null, accountIds: [5, 6, 7, 8, 9], failures: 12 });

it("tells of an account's failures that came from a burst's address as part of it, with what followed", () => {
  const joined = joinAttacks([
    { burst: burst({ lockouts: 1 }), success: { at: 260 } },
    { burst: spray, success: null },
    { burst: burst({ accountId: 8, accountIds: [8] }), success: { at: 230 } },
  ]);
  expect(joined).toEqual([{ burst: { ...spray, lockouts: 1 }, success: { at: 230 } }]);
});

it("keeps a burst on an account that came from elsewhere too, and gives both the same end", () => {
  const both = burst({ address: null, addresses: ["10.0.0.5", "10.0.0.9"] });
  const joined = joinAttacks([
    { burst: both, success: { at: 260 } },
    { burst: spray, success: null },
  ]);
  expect(joined.map(({ success }) => success)).toEqual([{ at: 260 }, { at: 260 }]);
});

it.each([
  ["at another time", burst({ from: 900, to: 950 })],
  ["from another address", burst({ address: "10.0.0.9", addresses: ["10.0.0.9"] })],
  ["of another account", burst({ accountId: 4, accountIds: [4] })],
  ["of another company", burst({ companyId: 2 })],
])("leaves a burst %s alone", (_, other) => {
  const judged = [
    { burst: other, success: { at: 260 } },
    { burst: spray, success: null },
  ];
  expect(joinAttacks(judged)).toEqual(judged);
});
