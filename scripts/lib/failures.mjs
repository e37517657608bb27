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
  const specsOf = ({ specs = [], suites = [] }) => [...specs, ...suites.flatMap(specsOf)];
  const failed = specsOf(report ?? {}).filter(({ ok }) => !ok);
  const described = failed.map(({ file, title, tests }) => {
    const errors = tests.flatMap(({ results }) => results.flatMap((result) => result.errors));
    return describe(`${file}: ${title}`, errors.map(({ message }) => message).join("\n"));
  });
  return [
    ...(report?.errors ?? []).map(({ message }) => describe("outside the tests", message)),
    ...described,
  ];
}

function describe(name, message) {
  const lines = stripVTControlCharacters(message).split("\n").slice(0, LINES);
  return [name, ...lines.map((line) => `    ${line}`)].join("\n");
}
