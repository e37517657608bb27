import { describe, expect, it } from "vitest";
import { computeTimeSpent } from "@/lib/domain/time-spent/compute-time-spent";
import { TimeSpentTally } from "@/lib/domain/time-spent/time-spent-tally";
import { KIND_CODE } from "@/lib/domain/events/kinds";
import { toEvents, toOptions, toVectorRow, type NamedOptions } from "./vector-support";
import { computeStretches } from "../../../support/compute-stretches";

/** `26 09:00 logon jane WS-1`: a day of May 2025, UTC. */
function read(lines: string[]) {
  return toEvents(
    lines.map((line) => {
      const [day, time, eventType, userName, computerName] = line.split(" ") as [
        string,
        string,
        string,
        string,
        string,
      ];
      return { eventType, userName, computerName, occurredAt: `2025-05-${day}T${time}Z` };
    }),
  );
}

const DAY: NamedOptions = {
  from: "2025-05-26T00:00:00Z",
  to: "2025-05-27T00:00:00Z",
  timeZone: "UTC",
  groupBy: "user",
  splitAtMidnight: true,
  maxSessionHours: 16,
};

/** `date user [computer] active/locked/uncertain sessions computers first last`, times in seconds. */
function report(lines: string[], changed: Partial<NamedOptions> = {}): string[] {
  const { events, names } = read(lines);
  const options = toOptions({ ...DAY, ...changed });
  return computeTimeSpent(events, options, names).map((row) => {
    const { date, userName, computerName, sessions, computers, firstLogon, lastLogoff, ...times } = {
      computerName: "",
      ...toVectorRow(row),
    };
    const clock = (at: string | null) => at?.slice(11, -1) ?? "-";
    const spent = [times.activeSeconds, times.lockedSeconds, times.uncertainSeconds].join("/");
    return [
      date.slice(8),
      userName,
      ...(computerName ? [computerName] : []),
      spent,
      sessions,
      computers,
      clock(firstLogon),
      clock(lastLogoff),
    ].join(" ");
  });
}

const H = 3600;

describe("starts, pauses and ends", () => {
  it("counts a session of exactly the longest length, and one a moment longer as uncertain", () => {
    expect(report(["26 00:00 logon jane A", "26 16:00 logoff jane A"])).toEqual([
      `26 jane ${16 * H}/0/0 1 1 00:00:00 16:00:00`,
    ]);
    expect(report(["26 00:00 logon jane A", "26 16:00:00.001 lock jane A"])).toEqual([
      `26 jane 0/0/${16 * H} 0 1 00:00:00 16:00:00.001`,
    ]);
  });

  it("locks for as long as the pause lasts, however long", () => {
    const lines = [
      "26 08:00 logon jane A",
      "26 09:00 lock jane A",
      "29 08:00 unlock jane A",
      "29 09:00 logoff jane A",
    ];
    const week = { to: "2025-06-02T00:00:00Z" };
    expect(report(lines, week)).toEqual([
      `29 jane ${H}/${8 * H}/0 1 1 08:00:00 09:00:00`,
      `28 jane 0/${24 * H}/0 0 1 - -`,
      `27 jane 0/${24 * H}/0 0 1 - -`,
      `26 jane ${H}/${15 * H}/0 1 1 08:00:00 09:00:00`,
    ]);
  });

  it("ignores a second pause, a pause while off and an end while off", () => {
    const lines = [
      "26 07:00 lock jane A",
      "26 07:30 logoff jane A",
      "26 08:00 logon jane A",
      "26 09:00 lock jane A",
    ];
    expect(report([...lines, "26 09:30 rdpdisconnect jane A", "26 10:00 logoff jane A"])).toEqual([
      `26 jane ${H}/${H}/0 1 1 08:00:00 10:00:00`,
    ]);
  });

  it("lets two moments of the same instant take effect in the order received", () => {
    const start = ["26 08:00 logon jane A"];
    const end = ["26 11:00 logoff jane A"];
    expect(report([...start, "26 09:00 lock jane A", "26 09:00 unlock jane A", ...end])).toEqual([
      `26 jane ${3 * H}/0/0 1 1 08:00:00 11:00:00`,
    ]);
    expect(report([...start, "26 09:00 unlock jane A", "26 09:00 lock jane A", ...end])).toEqual([
      `26 jane 0/${2 * H}/${H} 0 1 08:00:00 11:00:00`,
    ]);
  });

  it("gives no session to a logon and logoff of the same instant, but a row", () => {
    expect(report(["26 08:00 logon jane A", "26 08:00 logoff jane A"])).toEqual([
      "26 jane 0/0/0 0 1 08:00:00 08:00:00",
    ]);
  });

  it("rounds each total once, at the end", () => {
    const lines = ["00", "01", "02"].flatMap((second) => [
      `26 08:00:${second}.000 unlock jane A`,
      `26 08:00:${second}.400 lock jane A`,
    ]);
    expect(report(lines)).toEqual(["26 jane 1/1/0 3 1 08:00:00 08:00:02.400"]);
  });
});

describe("what happens to a whole computer", () => {
  it("pauses everyone active on sleep, whoever is named, and no one on another computer", () => {
    const lines = [
      "26 08:00 logon jane A",
      "26 08:00 logon john A",
      "26 08:00 logon john B",
      "26 09:00 sleep SYSTEM A",
    ];
    const later = [
      "26 09:30 wake SYSTEM A",
      "26 10:00 unlock jane A",
      "26 11:00 logoff jane A",
      "26 12:00 logoff john B",
    ];
    expect(report([...lines, ...later], { groupBy: "user_computer" })).toEqual([
      `26 jane A ${2 * H}/${H}/0 2 1 08:00:00 11:00:00`,
      `26 john A ${H}/0/0 1 1 08:00:00 -`,
      `26 john B ${4 * H}/0/0 1 1 08:00:00 12:00:00`,
    ]);
  });

  it("ends pauses as locked on shutdown and on startup alike", () => {
    for (const kind of ["shutdown", "startup"]) {
      expect(report(["26 08:00 logon jane A", "26 09:00 lock jane A", `26 11:00 ${kind} SYSTEM A`])).toEqual([
        `26 jane ${H}/${2 * H}/0 1 1 08:00:00 09:00:00`,
      ]);
    }
  });

  it("calls what was active at a startup uncertain, up to the longest session", () => {
    expect(report(["26 01:00 logon jane A", "26 23:00 boot SYSTEM A"])).toEqual([
      `26 jane 0/0/${16 * H} 0 1 01:00:00 -`,
    ]);
  });

  it("makes no row by itself, not even for the account it names", () => {
    expect(report(["26 08:00 sleep jane A", "26 09:00 shutdown jane A", "26 10:00 startup jane A"])).toEqual(
      [],
    );
    expect(
      report(["26 08:00 logonfailed jane A", "26 09:00 lockout jane A", "26 10:00 wake jane A"]),
    ).toEqual([]);
  });

  it("does not count a computer for an account that only its shutdown names", () => {
    const lines = ["26 08:00 logon jane A", "26 09:00 logoff jane A", "26 10:00 shutdown jane B"];
    expect(report(lines)).toEqual([`26 jane ${H}/0/0 1 1 08:00:00 09:00:00`]);
  });
});

describe("what is still open", () => {
  it("counts up to now, or to the end of the range when that comes first", () => {
    expect(report(["26 20:00 logon jane A"], { now: "2025-05-26T21:00:00Z" })).toEqual([
      `26 jane ${H}/0/0 1 1 20:00:00 -`,
    ]);
    expect(report(["26 20:00 logon jane A"], { now: "2025-05-28T21:00:00Z" })).toEqual([
      `26 jane ${4 * H}/0/0 1 1 20:00:00 -`,
    ]);
  });

  it("is uncertain once it is longer than the longest session", () => {
    expect(report(["26 02:00 logon jane A"], { now: "2025-05-26T18:00:00Z" })).toEqual([
      `26 jane ${16 * H}/0/0 1 1 02:00:00 -`,
    ]);
    expect(report(["26 02:00 logon jane A"], { now: "2025-05-26T18:00:01Z" })).toEqual([
      `26 jane 0/0/${16 * H} 0 1 02:00:00 -`,
    ]);
  });

  it("counts nothing for a pause, and nothing for a start that lies ahead of now", () => {
    expect(report(["26 08:00 logon jane A", "26 09:00 lock jane A"])).toEqual([
      `26 jane ${H}/0/0 1 1 08:00:00 09:00:00`,
    ]);
    expect(report(["26 08:00 logon jane A"], { now: "2025-05-26T07:00:00Z" })).toEqual([]);
  });

  it("counts what a clock that is ahead told once its time has come", () => {
    const ahead = ["26 07:00 logon jane A", "26 09:00 lock jane A", "26 10:00 logoff bill B"];
    expect(report(ahead, { now: "2025-05-26T08:00:00Z" })).toEqual([`26 jane ${H}/0/0 1 1 07:00:00 -`]);
    expect(report(ahead, { now: "2025-05-26T09:00:00Z" })).toEqual([
      `26 jane ${2 * H}/0/0 1 1 07:00:00 09:00:00`,
    ]);
    expect(report(ahead, { now: "2025-05-26T10:00:00Z" })).toEqual([
      "26 bill 0/0/0 0 1 - 10:00:00",
      `26 jane ${2 * H}/0/0 1 1 07:00:00 09:00:00`,
    ]);
  });
});

describe("the range", () => {
  it("reads back by the longest session and no further", () => {
    expect(report(["25 08:00 logon jane A", "26 00:00 lock jane A"])).toEqual([
      "26 jane 0/0/0 0 1 - 00:00:00",
    ]);
    expect(report(["25 07:59:59 logon jane A", "26 03:00 lock jane A"])).toEqual([
      "26 jane 0/0/0 0 1 - 03:00:00",
    ]);
    expect(report(["25 12:00 logon jane A", "26 03:00 lock jane A"])).toEqual([
      `26 jane ${3 * H}/0/0 1 1 - 03:00:00`,
    ]);
  });

  it("clips to its ends and takes first and last events from within it", () => {
    const lines = [
      "26 08:00 logon jane A",
      "26 12:00 lock jane A",
      "26 13:00 unlock jane A",
      "26 18:00 logoff jane A",
    ];
    const afternoon = { from: "2025-05-26T10:00:00Z", to: "2025-05-26T15:00:00Z" };
    expect(report(lines, afternoon)).toEqual([`26 jane ${4 * H}/${H}/0 2 1 13:00:00 12:00:00`]);
  });

  it("is empty when it ends before it begins", () => {
    expect(report(["26 08:00 logon jane A"], { to: "2025-05-25T00:00:00Z" })).toEqual([]);
  });
});

describe("the split at midnight switched off", () => {
  const off = { splitAtMidnight: false };

  it("leaves out a session that began the day before, wherever the range begins", () => {
    const lines = ["25 22:00 logon jane A", "26 04:00 logoff jane A"];
    expect(report(lines, off)).toEqual(["26 jane 0/0/0 0 1 - 04:00:00"]);
    expect(report(lines, { ...off, from: "2025-05-25T00:00:00Z" })).toEqual([
      "26 jane 0/0/0 0 1 - 04:00:00",
      "25 jane 0/0/0 0 1 22:00:00 -",
    ]);
  });

  it("keeps what ends exactly at midnight", () => {
    expect(
      report(["26 20:00 logon jane A", "27 00:00 logoff jane A"], { ...off, to: "2025-05-28T00:00:00Z" }),
    ).toEqual(["27 jane 0/0/0 0 1 - 00:00:00", `26 jane ${4 * H}/0/0 1 1 20:00:00 -`]);
  });

  it("judges uncertain time by what is left of it", () => {
    expect(
      report(["26 08:00 logon jane A", "27 08:00 logon jane A"], { ...off, to: "2025-05-27T08:00:01Z" }),
    ).toEqual([`27 jane 1/0/0 1 1 08:00:00 -`, `26 jane 0/0/${16 * H} 0 1 08:00:00 -`]);
  });
});

describe("grouping and order", () => {
  const lines = [
    "26 08:00 logon jane A",
    "26 08:30 logon jane B",
    "26 09:00 lock jane A",
    "26 10:00 logon jane A",
  ];
  const rest = [
    "26 11:00 lock jane B",
    "26 12:00 logon jane A",
    "26 13:00 logoff jane A",
    "26 14:00 logoff jane B",
  ];

  it("takes active from locked and both from uncertain, and counts a computer hidden under another", () => {
    expect(report([...lines, ...rest])).toEqual(
      [`26 jane ${4 * H}/${2 * H}/0 2 2 08:00:00 14:00:00`].map((row) => row),
    );
    expect(report([...lines, ...rest], { groupBy: "user_computer" })).toEqual([
      `26 jane A ${2 * H}/${H}/${2 * H} 2 1 08:00:00 13:00:00`,
      `26 jane B ${2.5 * H}/${3 * H}/0 1 1 08:30:00 14:00:00`,
    ]);
  });

  it("counts time that touches on two computers as one session", () => {
    const touching = [
      "26 08:00 logon jane A",
      "26 09:00 logoff jane A",
      "26 09:00 logon jane B",
      "26 10:00 logoff jane B",
    ];
    expect(report(touching)).toEqual([`26 jane ${2 * H}/0/0 1 2 08:00:00 10:00:00`]);
  });

  it("orders accounts and computers without regard to case and shows first-seen spellings", () => {
    const some = [
      "26 08:00 logon zoe b",
      "26 08:00 logon Adam b",
      "26 08:00 logon bea B",
      "26 08:01 logon BEA A",
    ];
    expect(
      report(some, { groupBy: "user_computer", now: "2025-05-26T08:01:00Z" }).map((row) => row.slice(3, 9)),
    ).toEqual(["Adam b", "bea A ", "bea b ", "zoe b "]);
  });
});

describe("the lower layers", () => {
  it("refuses events that go back in time or have none", () => {
    const tally = new TimeSpentTally(toOptions(DAY));
    tally.add(1, 1, KIND_CODE.logon, 5);
    expect(() => tally.add(1, 1, KIND_CODE.logon, 4)).toThrow(RangeError);
    expect(() => tally.add(1, 1, KIND_CODE.logon, NaN)).toThrow(RangeError);
  });

  it("gives a person's timeline stretch by stretch, clipped, and says what is still going on", () => {
    const { events } = read([
      "25 23:00 logon jane A",
      "26 01:00 lock jane A",
      "26 02:00 unlock jane A",
      "26 08:00 logon jane B",
    ]);
    const range = toOptions({ ...DAY, now: "2025-05-26T09:00:00Z" });
    const at = (time: string) => Date.parse(`2025-05-26T${time}Z`);
    const jane = { accountId: 0, computerId: 0 };
    expect(computeStretches(events, range)).toEqual([
      {
        ...jane,
        kind: "active",
        from: at("00:00"),
        to: at("01:00"),
        isOpen: false,
        openedBy: 0,
        closedBy: 1,
      },
      {
        ...jane,
        kind: "locked",
        from: at("01:00"),
        to: at("02:00"),
        isOpen: false,
        openedBy: 1,
        closedBy: 2,
      },
      {
        ...jane,
        kind: "active",
        from: at("02:00"),
        to: at("09:00"),
        isOpen: true,
        openedBy: 2,
        closedBy: null,
      },
      {
        ...jane,
        computerId: 1,
        kind: "active",
        from: at("08:00"),
        to: at("09:00"),
        isOpen: true,
        openedBy: 3,
        closedBy: null,
      },
    ]);
  });
});
