import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { EVENT_KINDS } from "@/lib/domain/events/kinds";
import { PRESENCE_LOOK } from "@/components/events/presence-state";
import { sourceFiles } from "../../support/source-files";

const modules = [...sourceFiles(["app", "components"])];
const css = ["app/globals.css", "app/kind-colors.css"].map((file) => readFileSync(file, "utf8")).join("\n");
const filesWith = (pattern: RegExp) => modules.filter(([, text]) => pattern.test(text)).map(([name]) => name);

it("gives each meaning one color, told in one place", () => {
  expect(filesWith(/--kind-/)).toEqual(["components/events/kind-icon.tsx"]);
  expect(filesWith(/--state-/)).toEqual(["components/events/presence-state.tsx"]);
  expect(filesWith(/uncertain: "Uncertain"|>\s*(Locked|Uncertain)\s*</)).toEqual([]);
});

it("has no color of its own outside the style sheets, but for the logo and the browser's frame", () => {
  const raw = filesWith(
    /#[\da-f]{6}\b|#[\da-f]{3}\b(?=["'])|\b(oklch|rgba?|hsla?)\(|\b(text|bg|border|fill|stroke)-(red|orange|amber|yellow|green|emerald|teal|sky|blue|indigo|violet|pink|rose|gray|zinc|neutral|slate)-\d/i,
  );
  expect(raw).toEqual(["app/layout.tsx", "components/ui/logo.tsx"]);
});

it("defines every color of a kind or state", () => {
  const named = [
    ...EVENT_KINDS.flatMap((kind) => [`--kind-${kind}`, `--kind-${kind}-fill`]),
    ...Object.values(PRESENCE_LOOK).flatMap(({ textColour, fillColour }) =>
      [textColour, fillColour].map((colour) => colour.slice(4, -1)),
    ),
  ];
  expect(named.filter((name) => !css.includes(`${name}:`))).toEqual([]);
});
