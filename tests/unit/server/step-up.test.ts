import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { STEP_UP_SERVICES } from "@/lib/domain/step-up";
import { parseFolders, type ParsedFile } from "../../support/parsed-source";

const files = ["app", "lib/server"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `${folder}/${file}`),
);
files.push("server.ts", "middleware.ts", "instrumentation.ts");
const services = [...parseFolders(["lib/services"]).values()];

/** A file's statements at the top level, without its imports and comments. */
function statementsOf(source: string): string[] {
  return source
    .replaceAll(/^import [^;]+;$/gm, "")
    .replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "")
    .split(/\n(?=\S)(?![)}\]])/);
}

/** As anything but the name of a property. */
const mentions = (text: string, name: string) => new RegExp(`\\b${name}\\b(?!:)`).test(text);

type Source = Pick<ParsedFile, "name" | "text" | "imports">;

const DEFINITION = /^(export )?(?:(?:async )?function\*?|const) (\w+)/;

function definitionsIn({ name: file, text, imports }: Source) {
  return statementsOf(text).flatMap((statement) => {
    const [, exported, name] = DEFINITION.exec(statement) ?? [];
    return name === undefined ? [] : [{ file, imports, statement, name, isExported: exported !== undefined }];
  });
}

/** The exported functions of the sources that call one of these, straight or through others, and are none of them. */
function callersOf(called: readonly string[], sources: readonly Source[]): string[] {
  let left = sources.flatMap(definitionsIn).filter(({ name }) => !called.includes(name));
  const callers: typeof left = [];
  const calls = ({ file, imports, statement }: (typeof left)[number]) =>
    called.some((name) => mentions(statement, name)) ||
    callers.some(
      (one) =>
        mentions(statement, one.name) &&
        (one.file === file || (one.isExported && imports.includes(one.file))),
    );
  for (let found = left.filter(calls); found.length > 0; found = left.filter(calls)) {
    callers.push(...found);
    left = left.filter((one) => !found.includes(one));
  }
  return callers.filter(({ isExported }) => isExported).map(({ name }) => name);
}

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
