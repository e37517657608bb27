import { describe, expect, it } from "vitest";
import {
  findStill,
  longestStand,
  noteStands,
  standsSchema,
  type Stands,
  type WaitingRules,
} from "@/lib/domain/detections/standstill";

const MINUTE = 60_000;
const T0 = Date.UTC(2026, 2, 2, 9);
const all = (mark: string): WaitingRules => ({ companyId: null, mark });
const company = (mark: string): WaitingRules => ({ companyId: 7, mark });

/** Looks at these minutes, at each of which these rules wait; gives those that stand still at the last, by minutes. */
function look(...looks: [minute: number, waiting: readonly WaitingRules[]][]) {
  let known: Stands | null = null;
  let still: object[] = [];
  for (const [minute, waiting] of looks) {
    known = standsSchema.parse(
      JSON.parse(JSON.stringify(noteStands(known, waiting, T0 + minute * MINUTE))) as unknown,
    );
    still = findStill(known, waiting).map(({ companyId, since }) => ({
      companyId,
      since: (since - T0) / MINUTE,
    }));
  }
  return { still, seconds: longestStand(known!) };
}

describe("rules for which events wait", () => {
  it("stand still once they haven't moved for half an hour", () => {
    const stuck = [0, 10, 20].map((minute): [number, WaitingRules[]] => [minute, [all("5")]]);
    expect(look(...stuck)).toEqual({ still: [], seconds: 1_200 });
    expect(look(...stuck, [30, [all("5")]])).toEqual({
      still: [{ companyId: null, since: 0 }],
      seconds: 1_800,
    });
  });

  it("don't while they move, however long their backlog is", () => {
    const moving = [0, 10, 20, 30, 40].map((minute): [number, WaitingRules[]] => [
      minute,
      [company(`${minute}`)],
    ]);
    expect(look(...moving)).toEqual({ still: [], seconds: 0 });
  });

  it("don't any longer once nothing waits, and begin anew", () => {
    const stuck = [0, 10, 20, 30].map((minute): [number, WaitingRules[]] => [minute, [company("5")]]);
    expect(look(...stuck, [40, []])).toEqual({ still: [], seconds: 0 });
    expect(look(...stuck, [40, []], [50, [company("5")]])).toEqual({ still: [], seconds: 0 });
  });

  it("are told apart by company", () => {
    const looks = [0, 10, 20, 30].map((minute): [number, WaitingRules[]] => [
      minute,
      [all(`${minute}`), company("5")],
    ]);
    expect(look(...looks).still).toEqual([{ companyId: 7, since: 0 }]);
  });

  it("had no server that could ask them while nothing looked, nor after a clock that was ahead", () => {
    expect(look([0, [all("5")]], [300, [all("5")]])).toEqual({ still: [], seconds: 0 });
    expect(look([300, [all("5")]], [0, [all("5")]], [10, [all("5")]])).toEqual({ still: [], seconds: 600 });
  });
});
