import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { STEP_UP_SERVICES } from "@/lib/domain/step-up";
import { parseFolders } from "../../support/parsed-source";
import { callersOf, mentions, statementsOf } from "../../support/service-callers";

const files = ["app", "lib/server"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `${folder}/${file}`),
);
files.push("server.ts", "middleware.ts", "instrumentation.ts");
const services = [...parseFolders(["lib/services"]).values()];

const callers = callersOf(STEP_UP_SERVICES, services);

interface Use {
  file: string;
  service: string;
  statement: string;
}

function usesIn(file: string, source = readFileSync(file, "utf8")): Use[] {
  return statementsOf(source).flatMap((statement) =>
    [...STEP_UP_SERVICES, ...callers]
      .filter((service) => mentions(statement, service))
      .map((service) => ({ file, service, statement })),
  );
}

const isGuarded = ({ statement }: Use) => /\bstepUp:/.test(statement);

it("finds no action, page or route that calls such a service without asking for a proof", () => {
  const uses = files.flatMap((file) => usesIn(file));
  expect(uses.filter((use) => !isGuarded(use)).map(({ file, service }) => `${file}: ${service}`)).toEqual([]);
});

it.each(STEP_UP_SERVICES)(
  "finds %s called by an action, so that the list names nothing that no one can do",
  (service) => {
    const ways = [service, ...callersOf([service], services)];
    const uses = files.flatMap((file) => usesIn(file)).filter((use) => ways.includes(use.service));
    expect(uses.some(({ statement }) => /\w+Action\(/.test(statement))).toBe(true);
  },
);

it("follows calls from service to service", () => {
  const wipe = "lib/services/wipe.ts";
  const sources = [
    {
      name: wipe,
      text: "export async function wipe() {\n  await step();\n}\nconst step = purgeCompany;",
      imports: [],
    },
    { name: "lib/services/tidy.ts", text: "export function tidy() {\n  return wipe();\n}", imports: [wipe] },
    {
      name: "lib/services/dry.ts",
      text: "export const dry = () => wipe();\nconst wipe = () => 1;",
      imports: [],
    },
  ];
  expect(callersOf(STEP_UP_SERVICES, sources)).toEqual(["wipe", "tidy"]);
  const others = STEP_UP_SERVICES.filter((service) => service !== "deleteCompany");
  expect(callersOf(others, services)).toContain("deleteCompany");
});

it("would find one that is called under another name, or by a page or route", () => {
  const bare = [
    'export const showAction = companyAction("site:manage", keyRefInput, revealKey);',
    "export async function POST() {\n  return Response.json(await resetMfa(context, { userId }));\n}",
    'const again = purgeCompany;\nexport const x = companyAction("company:delete", purgeInput, again);',
  ];
  for (const source of bare) expect(usesIn("a.ts", source).every(isGuarded)).toBe(false);
  const guarded = 'export const a = companyAction("x", input, revealKey, {\n  stepUp: true,\n});';
  expect(usesIn("a.ts", guarded).every(isGuarded)).toBe(true);
});

it("imports such a service under its own name everywhere", () => {
  const renamed = new RegExp(`\\b(${STEP_UP_SERVICES.join("|")}) as \\w`);
  const all = [...files, ...services.map(({ name }) => name)];
  expect(all.filter((file) => renamed.test(readFileSync(file, "utf8")))).toEqual([]);
});

/** Their form asks for a code of the present app, without which the service itself refuses. */
const PROVED_BY_THEIR_CODE = ["disableMfa", "renewRecoveryCodes"];

it("switches the proof off only for what takes a code of the present app", () => {
  const off = files
    .flatMap((file) => usesIn(file))
    .filter(({ statement }) => /stepUp: false/.test(statement));
  expect(off.map(({ service }) => service).toSorted()).toEqual(PROVED_BY_THEIR_CODE);
});
