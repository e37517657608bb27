import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { STEP_UP_SERVICES } from "@/lib/domain/step-up";

const files = ["app", "lib/server"].flatMap((folder) =>
  readdirSync(folder, { recursive: true, encoding: "utf8" })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => `${folder}/${file}`),
);
files.push("server.ts", "middleware.ts", "instrumentation.ts");

/** A file's statements at the top level, without its imports and comments. */
function statementsOf(source: string): string[] {
  return source
    .replaceAll(/^import [^;]+;$/gm, "")
    .replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "")
    .split(/\n(?=\S)(?![)}\]])/);
}

interface Use {
  file: string;
  service: string;
  statement: string;
}

function usesIn(file: string, source = readFileSync(file, "utf8")): Use[] {
  return statementsOf(source).flatMap((statement) =>
    STEP_UP_SERVICES.filter((service) => new RegExp(`\\b${service}\\b`).test(statement)).map((service) => ({
      file,
      service,
      statement,
    })),
  );
}

const isGuarded = ({ statement }: Use) => /\bstepUp:/.test(statement);

it("finds no action, page or route that calls such a service without asking for a proof", () => {
  const uses = files.flatMap((file) => usesIn(file));
  const found = new Set(uses.map(({ service }) => service));
  for (const service of ["revealKey", "resetPassword", "setGlobalRole", "purgeCompany", "confirmMfa"]) {
    expect(found).toContain(service);
  }
  expect(uses.filter((use) => !isGuarded(use)).map(({ file, service }) => `${file}: ${service}`)).toEqual([]);
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
  expect(files.filter((file) => renamed.test(readFileSync(file, "utf8")))).toEqual([]);
});

/** Their form asks for a code of the present app, without which the service itself refuses. */
const PROVED_BY_THEIR_CODE = ["disableMfa", "renewRecoveryCodes"];

it("switches the proof off only for what takes a code of the present app", () => {
  const off = files
    .flatMap((file) => usesIn(file))
    .filter(({ statement }) => /stepUp: false/.test(statement));
  expect(off.map(({ service }) => service).toSorted()).toEqual(PROVED_BY_THEIR_CODE);
});
