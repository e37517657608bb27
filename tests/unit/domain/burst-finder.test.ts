import { describe, expect, it } from "vitest";
import { BURST_WINDOW_MS, BurstFinder, type Failure } from "@/lib/domain/failures/burst-finder";

const MINUTE_MS = 60_000;

function failure(minute: number, given: Partial<Failure> = {}): Failure {
  return {
    companyId: 1,
    accountId: 1,
    computerId: 1,
    address: "203.0.113.7",
    isLockout: false,
    at: minute * MINUTE_MS,
    isWanted: true,
    ...given,
  };
}

function find(failures: readonly Failure[]) {
  const finder = new BurstFinder();
  for (const one of failures) finder.accept(one);
  return finder.finish();
}

const minutes = (...all: number[]) => all.map((minute) => failure(minute));

describe("a burst on one account", () => {
  it("is five failures within ten minutes, the fifth exactly ten minutes after the first included", () => {
    expect(find(minutes(0, 2, 5, 8, 10))).toMatchObject([
      { kind: "account", accountId: 1, from: 0, to: 10 * MINUTE_MS, since: 10 * MINUTE_MS, failures: 5 },
    ]);
  });

  it("is none when the fifth comes a millisecond too late, nor for four however close", () => {
    const late = { ...failure(10), at: BURST_WINDOW_MS + 1 };
    expect(find([...minutes(0, 2, 5, 8), late])).toEqual([]);
    expect(find(minutes(0, 0, 0, 0))).toEqual([]);
  });

  it("counts what led to it and what followed within ten minutes each, and ends where nothing follows", () => {
    const bursts = find(minutes(0, 9, 18, 19, 20, 21, 22, 32, 43));
    expect(bursts).toMatchObject([
      { from: 0, to: 32 * MINUTE_MS, since: 22 * MINUTE_MS, failures: 8, lockouts: 0 },
    ]);
  });

  it("begins anew after a pause, the newest burst first", () => {
    const bursts = find(minutes(0, 1, 2, 3, 4, 20, 21, 22, 23, 24));
    expect(bursts.map(({ from }) => from / MINUTE_MS)).toEqual([20, 0]);
  });

  it("names its address only when there is one, and counts each computer and address once", () => {
    const [one] = find([0, 1, 2, 3, 4].map((minute) => failure(minute, { computerId: minute % 2 })));
    expect(one).toMatchObject({ address: "203.0.113.7", computerIds: [0, 1] });
    const [several] = find(
      [0, 1, 2, 3, 4].map((minute) => failure(minute, { address: minute < 2 ? null : `10.0.0.${minute}` })),
    );
    expect(several).toMatchObject({ address: null, addresses: ["10.0.0.2", "10.0.0.3", "10.0.0.4"] });
  });

  it("counts the lockouts of its account beside the failures and is none by lockouts alone", () => {
    const lockout = failure(5, { isLockout: true });
    expect(find([...minutes(0, 1, 2, 3, 4), lockout])).toMatchObject([{ failures: 5, lockouts: 1 }]);
    expect(find([0, 1, 2, 3, 4].map((minute) => failure(minute, { isLockout: true })))).toEqual([]);
    expect(find([...minutes(0, 1, 2, 3), failure(4, { isLockout: true })])).toEqual([]);
  });

  it("never mixes accounts, nor companies that use the same numbers", () => {
    expect(find([0, 1, 2, 3, 4].map((minute) => failure(minute, { accountId: minute % 2 })))).toEqual([]);
    expect(find([0, 1, 2, 3, 4].map((minute) => failure(minute, { companyId: minute % 2 })))).toEqual([]);
  });
});

describe("a burst from one address", () => {
  const spray = (...all: number[]) =>
    all.map((minute, place) => failure(minute, { accountId: 10 + place, computerId: place }));

  it("is five different accounts within ten minutes", () => {
    expect(find(spray(0, 1, 2, 3, 4))).toMatchObject([
      { kind: "address", accountId: null, address: "203.0.113.7", accountIds: [10, 11, 12, 13, 14] },
    ]);
    expect(find(spray(0, 3, 6, 9, 12))).toEqual([]);
  });

  it("is none for four accounts, however often they fail", () => {
    const bursts = find(
      Array.from({ length: 40 }, (_, place) => failure(place / 10, { accountId: place % 4 })),
    );
    expect(bursts.map(({ kind }) => kind)).toEqual(["account", "account", "account", "account"]);
  });

  it("is none where the failures do not say where they came from", () => {
    expect(find(spray(0, 1, 2, 3, 4).map((one) => ({ ...one, address: null })))).toEqual([]);
  });
});

describe("what the filters select", () => {
  it("keeps a burst whole when one of its failures or lockouts is wanted, and leaves out the others", () => {
    const unwanted = minutes(0, 1, 2, 3, 4).map((one) => ({ ...one, isWanted: false }));
    expect(find(unwanted)).toEqual([]);
    expect(find([...unwanted.slice(0, 4), failure(4)])).toMatchObject([{ failures: 5 }]);
    expect(find([...unwanted, failure(5, { isLockout: true })])).toMatchObject([{ failures: 5 }]);
  });
});
