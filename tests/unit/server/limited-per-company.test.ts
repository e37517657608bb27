import { readdirSync, readFileSync } from "node:fs";
import { expect, it } from "vitest";

/** What sends a message by hand, and the limit that bounds it. */
const LIMITED = { testChannel: "channel-test", replay: "channel-replay" };

const sources = readdirSync("app", { recursive: true, encoding: "utf8" })
  .filter((file) => /\.tsx?$/.test(file))
  .map((file) => readFileSync(`app/${file}`, "utf8").replaceAll(/^import [^;]+;$/gm, ""));

it.each(Object.entries(LIMITED))("lets no action reach %s past the limit of its company", (service, kind) => {
  const uses = sources.flatMap(
    (source) => source.match(new RegExp(`\\S* ?\\b${service}\\b(?!-)`, "g")) ?? [],
  );
  expect(uses).toHaveLength(1);
  expect(uses[0]).toContain(`limitedPerCompany("${kind}", ${service}`);
});
