import { expect, it } from "vitest";
import { sourceFiles } from "../../support/source-files";

const ELEMENT = "components/forms/form.tsx";
const sources = [...sourceFiles(["app", "components"])];

it("keeps what was typed in every form: the one form element is the one that does so", () => {
  const own = sources.filter(([path, source]) => path !== ELEMENT && /<form\b/.test(source));
  expect(own.map(([path]) => path)).toEqual([]);
});

it("takes the focus to what is wrong in every form that shows errors", () => {
  const blind = sources.filter(
    ([, source]) =>
      /fieldErrors/.test(source) &&
      /<Form\b(?! action=\{(signOut|cancel)Action\})(?![^>]*\bstate=)/.test(source.replaceAll("=>", "")),
  );
  expect(blind.map(([path]) => path)).toEqual([]);
});

it("empties a form by its fields, not by drawing it anew, which loses the focus and what is typed meanwhile", () => {
  const counted = sources.flatMap(([path, source]) =>
    [...source.matchAll(/const \[(\w+), set\w+\] = useState\(0\)/g)].map(([, name]) => ({
      path,
      source,
      name,
    })),
  );
  expect(counted.length).toBeGreaterThan(0);
  const drawnAnew = counted.filter(({ source, name }) => source.includes(`key={${name}}`));
  expect(drawnAnew.map(({ path }) => path)).toEqual([]);
});
