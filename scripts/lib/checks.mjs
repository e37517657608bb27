import { mkdir, readFile, rm } from "node:fs/promises";
import path from "node:path";
import { ensureBuild } from "./build.mjs";
import { ensureChromium } from "./chromium.mjs";
import { failuresOfPlaywright, failuresOfVitest, flakyOfPlaywright } from "./failures.mjs";
import { root, runPackage, say, UserError } from "./project.mjs";

const reports = path.join(root, ".cache", "test-reports");

/**
 * The parts of `npm test` in their order. Each gives how many of its tests passed and failed, and what failed; a part
 * that has no tests of its own (lint, types) counts as one failure when it fails and else as nothing.
 */
export const checks = {
  format: () => plain("oxfmt", ["--check"]),
  lint: () => plain("oxlint", ["--deny-warnings"]),
  types: checkTypes,
  unused: () => plain("knip", []),
  texts: checkTexts,
  unit: () => runVitest("unit"),
  integration: () => runVitest("integration"),
  build: buildAll,
  e2e: runPlaywright,
};

async function plain(name, args) {
  const code = await runPackage(name, args);
  return { passed: 0, failed: code === 0 ? 0 : 1 };
}

/** The types of routes and of images are Next's to generate; a fresh clone has none yet. */
async function checkTypes() {
  const env = { ...process.env, NEXT_TELEMETRY_DISABLED: "1" };
  const generated = await runPackage("next", ["typegen"], { env });
  return generated === 0 ? plain("typescript", ["--noEmit"]) : { passed: 0, failed: 1 };
}

/** No language lacks a text of messages/en.json, or has one with other values. Unit tests find texts that nothing uses. */
function checkTexts() {
  const wanted = ["--locales", "messages", "--source", "en", "--exclude", "messages/en-XA.json"];
  return plain("@lingual/i18n-check", [
    ...wanted,
    "--format",
    "next-intl",
    "--only",
    "missingKeys",
    "invalidKeys",
  ]);
}

async function buildAll() {
  await ensureBuild();
  return { passed: 0, failed: 0 };
}

async function runVitest(project) {
  const file = await newReport(project);
  const args = [
    "run",
    // Of the name or one that begins with it.
    `--project=${project}*`,
    "--reporter=default",
    "--reporter=json",
    `--outputFile.json=${file}`,
  ];
  const code = await runPackage("vitest", args);
  const report = await readReport(file);
  // A suite that cannot be loaded fails without a failed test.
  const failed = report ? Math.max(report.numFailedTests, report.success ? 0 : 1) : 1;
  return {
    passed: report?.numPassedTests ?? 0,
    failed: failed || (code === 0 ? 0 : 1),
    failures: failuresOfVitest(report),
  };
}

async function runPlaywright() {
  const file = await newReport("e2e");
  const env = { ...process.env, CHROMIUM_PATH: await ensureChromium(), PLAYWRIGHT_JSON_OUTPUT_FILE: file };
  const code = await runPackage("@playwright/test", ["test", "--reporter=list,json"], { env });
  const report = await readReport(file);
  const stats = report?.stats;
  const failed = stats ? stats.unexpected : 1;
  return {
    passed: stats ? stats.expected + stats.flaky : 0,
    failed: failed || (code === 0 ? 0 : 1),
    failures: [...failuresOfPlaywright(report), ...flakyOfPlaywright(report)],
  };
}

async function newReport(name) {
  await mkdir(reports, { recursive: true });
  const file = path.join(reports, `${name}.json`);
  await rm(file, { force: true });
  return file;
}

function readReport(file) {
  return readFile(file, "utf8").then(JSON.parse, () => undefined);
}

/** Runs the named checks in the given order and prints what came of each. Gives the process's exit code. */
export async function runChecks(names) {
  const results = [];
  for (const name of names) {
    say(`Checking: ${name}`);
    const startedAt = Date.now();
    const result = await checks[name]().catch((error) => {
      console.error(error instanceof UserError ? error.message : error);
      return { passed: 0, failed: 1 };
    });
    results.push({ name, seconds: Math.round((Date.now() - startedAt) / 1000), ...result });
  }
  return summarise(results);
}

function summarise(results) {
  console.log();
  // Once more at the end, where it is found: what the tests themselves printed of it is far above.
  for (const failure of results.flatMap(({ failures = [] }) => failures)) console.log(`${failure}\n`);
  for (const { name, seconds, passed, failed } of results) {
    const verdict = failed === 0 ? "ok" : "FAILED";
    const tests = passed + failed > 0 ? `${passed} passed, ${failed} failed, ` : "";
    console.log(`${verdict.padEnd(7)}${name.padEnd(12)} (${tests}${seconds} s)`);
  }
  const total = (key) => results.reduce((sum, result) => sum + result[key], 0);
  console.log(`\n${total("passed")} passed, ${total("failed")} failed`);
  return total("failed") === 0 ? 0 : 1;
}
