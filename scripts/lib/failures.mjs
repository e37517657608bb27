import { stripVTControlCharacters } from "node:util";

const LINES = 25;

/** What failed in a report of Vitest, in its order: the test's name and the first lines of why. */
export function failuresOfVitest(report) {
  return (report?.testResults ?? []).flatMap(({ name, message, assertionResults }) => {
    const failed = assertionResults.filter(({ status }) => status === "failed");
    if (failed.length === 0 && message) return [describe(name, message)];
    return failed.map(({ fullName, failureMessages }) => describe(fullName, failureMessages.join("\n")));
  });
}

/** What failed in a report of Playwright, in its order: the test's name and the first lines of why. */
export function failuresOfPlaywright(report) {
  const failed = specsOf(report ?? {}).filter(({ ok }) => !ok);
  return [
    ...(report?.errors ?? []).map(({ message }) => describe("outside the tests", message)),
    ...failed.map((spec) => describeSpec(spec, "")),
  ];
}

/** What failed at first and passed at the second try, in the same form. */
export function flakyOfPlaywright(report) {
  const flaky = specsOf(report ?? {}).filter(({ tests }) => tests.some(({ status }) => status === "flaky"));
  return flaky.map((spec) => describeSpec(spec, "FLAKY "));
}

function specsOf({ specs = [], suites = [] }) {
  return [...specs, ...suites.flatMap(specsOf)];
}

function describeSpec({ file, title, tests }, prefix) {
  const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
  return describe(`${prefix}${file}: ${title}`, errors.map(({ message }) => message).join("\n"));
}

function describe(name, message) {
  const lines = stripVTControlCharacters(message).split("\n").slice(0, LINES);
  return [name, ...lines.map((line) => `    ${line}`)].join("\n");
}
