import { randomUUID } from "node:crypto";
import { afterEach, beforeEach, describe, expect, test, vi } from "vitest";
import { refreshEnv } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { processState } from "@/lib/process-state";
import {
  assertWithinLimits,
  countUseFast,
  guess,
  withinLimits,
  type Limit,
} from "@/lib/server/rate-limit/limiter";
import { closeSharedStore } from "@/lib/server/rate-limit/shared-store";
import { startRedis, type TestRedis } from "../../support/redis";
import { startUpstash, type TestUpstash } from "../../support/upstash";
import { HELD_MILLISECONDS, provideUnheldRefusals } from "../../support/unheld-refusals";

provideUnheldRefusals();

const WRONG = new AppError("unauthenticated", "wrong");
const isWrong = (error: unknown) => error === WRONG;

function guessWrong(name: string): Promise<string> {
  return guess([["sign-in-account", { loginKey: name }]], isWrong, () => Promise.reject(WRONG)).catch(
    (error: AppError) => error.code,
  );
}

/** As a second server would begin: nothing counted in the process. */
function forgetProcess(): void {
  processState("limiters", () => new Map()).clear();
  closeSharedStore();
}

function useEnv(changes: Record<string, string>): void {
  Object.assign(
    process.env,
    {
      RATE_LIMIT_ENABLED: "true",
      REDIS_URL: "",
      UPSTASH_REDIS_REST_URL: "",
      UPSTASH_REDIS_REST_TOKEN: "",
      RATE_LIMIT_SIGN_IN_PER_ACCOUNT: "5",
      RATE_LIMIT_SIGN_IN_PER_ADDRESS: "5",
    },
    changes,
  );
  refreshEnv();
  forgetProcess();
}

afterEach(() => useEnv({}));

/** Uses the limits once; "in" or the code of the refusal. */
const ask = (...limits: Limit[]): Promise<string> =>
  assertWithinLimits(limits).then(
    () => "in",
    (error: AppError) => error.code,
  );

async function countUses(limit: Limit): Promise<number> {
  for (let count = 0; ; count += 1) {
    if ((await ask(limit)) === "limited") return count;
  }
}

const counted = (codes: string[]) => codes.filter((code) => code === "unauthenticated").length;

function behaves(): void {
  test("wrong guesses stop at the limit, also when they come at once", async () => {
    const name = randomUUID();
    const codes = await Promise.all(Array.from({ length: 40 }, () => guessWrong(name)));
    expect(counted(codes)).toBe(5);
    expect(codes.filter((code) => code === "limited")).toHaveLength(35);
  });

  test("right ones and faults of ours do not count", async () => {
    const name = randomUUID();
    for (let i = 0; i < 20; i += 1)
      await guess([["sign-in-account", { loginKey: name }]], isWrong, async () => "in");
    const fault = new Error("ours");
    for (let i = 0; i < 20; i += 1) {
      await expect(
        guess([["sign-in-account", { loginKey: name }]], isWrong, () => Promise.reject(fault)),
      ).rejects.toBe(fault);
    }
    expect(await guessWrong(name)).toBe("unauthenticated");
  });

  test("what is counted afterwards stops wrong guesses, and many right ones at once do not use it up", async () => {
    const address = randomUUID();
    const tryOnce = (work: () => Promise<string>) =>
      guess([], isWrong, work, [["sign-in-address", { address }]]).catch((error: AppError) => error.code);
    const right = await Promise.all(Array.from({ length: 20 }, () => tryOnce(async () => "in")));
    expect(right).toEqual(Array(20).fill("in"));
    for (let i = 0; i < 5; i += 1) expect(await tryOnce(() => Promise.reject(WRONG))).toBe("unauthenticated");
    expect(await tryOnce(async () => "in")).toBe("limited");
  });

  test("a use that one limit refuses counts towards no other, whichever is asked first", async () => {
    const own: Limit = ["register-address", { loginKey: randomUUID() }];
    const others: Limit = ["mail-recipient", { loginKey: randomUUID() }];
    expect(await countUses(own)).toBe(10);
    const orders = [
      [own, others],
      [others, own],
    ];
    for (const limits of orders) {
      const refused = await Promise.all(Array.from({ length: 10 }, () => ask(...limits)));
      expect(refused).toEqual(Array(10).fill("limited"));
      const guessed = await guess(limits, isWrong, async () => "in").catch((error: AppError) => error.code);
      expect(guessed).toBe("limited");
    }
    expect(await countUses(others)).toBe(5);
  });

  test("what fails does not count where only what was done does", async () => {
    const limit: Limit = ["mail-recipient", { loginKey: randomUUID() }];
    for (let i = 0; i < 10; i += 1) {
      await expect(withinLimits([limit], () => Promise.reject(WRONG))).rejects.toBe(WRONG);
    }
    for (let i = 0; i < 5; i += 1) expect(await withinLimits([limit], async () => i)).toBe(i);
    await expect(withinLimits([limit], async () => "in")).rejects.toMatchObject({ code: "limited" });
  });

  test("a refusal names the wait, and other names are not touched", async () => {
    const name = randomUUID();
    for (let i = 0; i < 5; i += 1) await guessWrong(name);
    const held = () =>
      vi.mocked(setTimeout).mock.calls.filter(([, milliseconds]) => milliseconds === HELD_MILLISECONDS)
        .length;
    const before = held();
    const refusal = await guess([["sign-in-account", { loginKey: name }]], isWrong, async () => 1).catch(
      (error: AppError) => error,
    );
    expect(refusal).toMatchObject({
      code: "limited",
      message: expect.stringMatching(/Try again in \d+ minutes?/),
    });
    expect((refusal as AppError).retryAfterSeconds).toBeGreaterThan(0);
    expect(held()).toBe(before + 1);
    expect(await guessWrong(randomUUID())).toBe("unauthenticated");
  });
}

describe("in the process", () => {
  beforeEach(() => useEnv({}));
  behaves();

  test("an agent's use is counted without waiting", () => {
    expect(countUseFast("agent-key", { loginKey: randomUUID() })).not.toBeInstanceOf(Promise);
  });

  test("switched off, nothing is limited", async () => {
    useEnv({ RATE_LIMIT_ENABLED: "false" });
    const name = randomUUID();
    for (let i = 0; i < 20; i += 1) expect(await guessWrong(name)).toBe("unauthenticated");
    for (let i = 0; i < 20; i += 1) await assertWithinLimits([["register-address", { address: name }]]);
  });
});

const shared = processState("limit-store", (): { store?: { restsUntil: number } } => ({}));

/** The first use opens the connection and is counted in the process while it is not up yet. */
async function untilShared(): Promise<void> {
  await expect
    .poll(async () => {
      if (shared.store) shared.store.restsUntil = 0;
      await countUseFast("agent-key", { loginKey: randomUUID() });
      return shared.store?.restsUntil;
    })
    .toBe(0);
}

describe("in a plain Redis", () => {
  let redis: TestRedis;
  beforeEach(async () => {
    redis = await startRedis();
    useEnv({ REDIS_URL: redis.url });
  });
  afterEach(() => redis.stop());

  behaves();

  test("several servers share one count, from the first use after a start", async () => {
    const name = randomUUID();
    for (let i = 0; i < 5; i += 1) await guessWrong(name);
    forgetProcess();
    expect(await guessWrong(name)).toBe("limited");
  });

  test("a Redis that is gone, or hangs, neither stops sign-ins nor lifts the limit", async () => {
    redis.process.kill("SIGSTOP");
    const hanging = randomUUID();
    const codes: string[] = [];
    for (let i = 0; i < 7; i += 1) codes.push(await guessWrong(hanging));
    expect(counted(codes)).toBe(5);
    await redis.stop();
    const gone = randomUUID();
    const later: string[] = [];
    for (let i = 0; i < 7; i += 1) later.push(await guessWrong(gone));
    expect(counted(later)).toBe(5);
  });
});

describe("in Upstash", () => {
  let redis: TestRedis;
  let upstash: TestUpstash;
  beforeEach(async () => {
    redis = await startRedis();
    upstash = await startUpstash(redis.url);
    useEnv({ UPSTASH_REDIS_REST_URL: upstash.url, UPSTASH_REDIS_REST_TOKEN: upstash.token });
    await untilShared();
  });
  afterEach(async () => {
    await upstash.stop();
    await redis.stop();
  });

  behaves();

  test("several servers share one count", async () => {
    const name = randomUUID();
    for (let i = 0; i < 5; i += 1) await guessWrong(name);
    forgetProcess();
    await untilShared();
    expect(await guessWrong(name)).toBe("limited");
  });

  test("one that is gone neither stops sign-ins nor lifts the limit", async () => {
    await upstash.stop();
    const name = randomUUID();
    const codes: string[] = [];
    for (let i = 0; i < 7; i += 1) codes.push(await guessWrong(name));
    expect(counted(codes)).toBe(5);
  });
});
