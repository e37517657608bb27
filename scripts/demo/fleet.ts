import { SeededRandom } from "./random";

export type Pattern = "office" | "early" | "night" | "two-computers" | "remote" | "part-time" | "shared-desk";

export interface Person {
  userName: string;
  pattern: Pattern;
  computerName: string;
  /** The laptop of those with two computers, the terminal server of those who work remotely. */
  secondComputer: string;
  localIp: string;
}

export interface DemoSite {
  name: string;
  publicIp: string;
  people: Person[];
  /** This site's agent sends what it sent already now and then. */
  isRetrying: boolean;
  /** Milliseconds its clocks are ahead. */
  clockAheadMs: number;
  /** No one works there any more. */
  isClosed: boolean;
}

export interface DemoCompany {
  name: string;
  description: string;
  timeZone: string;
  sites: DemoSite[];
}

const FIRST_NAMES = [
  "anna",
  "ben",
  "clara",
  "david",
  "elena",
  "felix",
  "grace",
  "henry",
  "iris",
  "jonas",
  "kira",
  "leo",
  "mia",
  "noah",
  "olivia",
  "paul",
  "quinn",
  "rosa",
  "sam",
  "tara",
  "umar",
  "vera",
  "will",
  "xenia",
  "yusuf",
  "zoe",
];
const LAST_NAMES = [
  "adams",
  "baker",
  "carter",
  "diaz",
  "evans",
  "fischer",
  "garcia",
  "hughes",
  "ivanov",
  "jones",
  "kumar",
  "lopez",
  "meyer",
  "novak",
  "okafor",
  "patel",
  "rossi",
  "schmidt",
  "turner",
  "weber",
  "young",
];

interface SitePlan {
  name: string;
  code: string;
  people: number;
  patterns: readonly Pattern[];
  isRetrying?: boolean;
  clockAheadMs?: number;
  isClosed?: boolean;
}

const PLANS: { name: string; description: string; timeZone: string; sites: SitePlan[] }[] = [
  {
    name: "Northwind Traders",
    description: "Wholesale; head office, a warehouse in two shifts, a branch abroad and a closed depot",
    timeZone: "Europe/London",
    sites: [
      {
        name: "HO",
        code: "NWT",
        people: 34,
        patterns: ["office", "office", "office", "two-computers", "early", "part-time"],
      },
      {
        name: "Warehouse",
        code: "WHS",
        people: 18,
        patterns: ["early", "night", "shared-desk"],
        isRetrying: true,
      },
      {
        name: "Dublin",
        code: "DUB",
        people: 12,
        patterns: ["office", "remote", "office"],
        clockAheadMs: 7 * 60_000,
      },
      { name: "Old depot", code: "DEP", people: 2, patterns: ["office"], isClosed: true },
    ],
  },
  {
    name: "Contoso Clinic",
    description: "A hospital: night shifts and shared computers",
    timeZone: "Europe/Berlin",
    sites: [
      { name: "HO", code: "CLN", people: 22, patterns: ["night", "early", "shared-desk", "office"] },
      { name: "Radiology", code: "RAD", people: 9, patterns: ["early", "night"] },
    ],
  },
  {
    name: "Fabrikam Studio",
    description: "Designers, mostly on Remote Desktop",
    timeZone: "America/New_York",
    sites: [
      { name: "HO", code: "FAB", people: 14, patterns: ["remote", "remote", "two-computers", "part-time"] },
    ],
  },
];

/** The simulated companies; the same every time. `scale` multiplies the number of people. */
export function demoFleet(scale: number): DemoCompany[] {
  return PLANS.map((plan, company) => ({
    name: plan.name,
    description: plan.description,
    timeZone: plan.timeZone,
    sites: plan.sites.map((site, index) => ({
      name: site.name,
      publicIp: `198.51.100.${company * 20 + index + 10}`,
      isRetrying: site.isRetrying ?? false,
      clockAheadMs: site.clockAheadMs ?? 0,
      isClosed: site.isClosed ?? false,
      people: peopleOf(site, `10.${company + 10}.${index}`, Math.max(1, Math.round(site.people * scale))),
    })),
  }));
}

function peopleOf(site: SitePlan, network: string, count: number): Person[] {
  const random = new SeededRandom("people", site.code);
  const taken = new Set<string>();
  return Array.from({ length: count }, (_, index) => {
    let userName = `${random.pick(FIRST_NAMES)}.${random.pick(LAST_NAMES)}`;
    if (taken.has(userName)) userName += String(index);
    taken.add(userName);
    const pattern = site.patterns[index % site.patterns.length]!;
    // Shared desks: two people of different shifts on one computer.
    const desk = pattern === "shared-desk" || pattern === "night" ? Math.floor(index / 2) : index;
    return {
      userName,
      pattern,
      computerName: `${site.code}-WS${String(desk + 1).padStart(3, "0")}`,
      secondComputer:
        pattern === "remote" ? `${site.code}-RDS01` : `${site.code}-NB${String(index + 1).padStart(3, "0")}`,
      localIp: `${network}.${(index % 230) + 20}`,
    };
  });
}

/** The agent's version on a computer, the one in agent/VERSION: one in ten waits to be brought up to date. */
export function demoAgentVersion(computerName: string): string {
  return computerName.endsWith("4") ? "1.0.1" : "1.1.0";
}
