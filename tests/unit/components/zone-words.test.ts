import { expect, it } from "vitest";
import { sourceFiles } from "../../support/source-files";

/** A zone that goes into a text, or stands for itself, as it is stored: `America/New_York`. */
const RAW = [
  /\bt(?:\.rich)?\((?:[^()]|\([^()]*\))*?(?:(?<!=)\{|,)\s*zone(?:\s*[,}]|:\s*(?!zoneWords\b|name\b)\w)/,
  /\$\{[\w.]*[zZ]one\}/,
  /\bdescription=\{[\w.]*[zZ]one\}/,
  />\s*\{[\w.]*[zZ]one\}\s*</,
  /\b[tT]imeZone \?\? t\(/,
];
const isRaw = (source: string) => RAW.some((raw) => raw.test(source));

it("names zones in words, without their underscores", () => {
  const sources = [...sourceFiles(["app", "components"])].filter(([path]) => path !== ZONE_LABEL);
  expect(sources.filter(([, source]) => isRaw(source)).map(([path]) => path)).toEqual([]);
});

/** Names the zone itself only where that is an offset. */
const ZONE_LABEL = "components/time/zone-label.tsx";

it.each([
  't("whenAndOwner", { when, zone, owner })',
  't("description", { zone: choices.zone })',
  "title={`${time} ${zone}`}",
  "description={choices.zone}",
  'timeZone ?? t("portalDefault")',
])("finds %s", (source) => {
  expect(isRaw(source)).toBe(true);
});
