import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { PORTAL_KINDS } from "@/lib/domain/notifications/portal-kinds";
import { inEnglish } from "@/lib/english";
import { JOBS } from "@/lib/services/jobs/registry";

it("docs/operations.md has a row for every job, and none for another", () => {
  const [, after] = readFileSync("docs/operations.md", "utf8").split(
    "| job | when | what |\n|---|---|---|\n",
  );
  const named = [...after!.split("\n\n")[0]!.matchAll(/^\| `([a-z-]+)` \|/gm)].map(([, name]) => name!);
  expect(named.toSorted()).toEqual(JOBS.map(({ name }) => name).toSorted());
});

it.each(JOBS.map((job) => [job.name, job] as const))(
  "notifications about %s name it in the reader's language, not as it was stored",
  (name, { title }) => {
    const failed = PORTAL_KINDS.find((kind) => kind.name === "job.failed")!;
    const sentence = failed.sentence({ job: name, title: "as it was stored", error: "Disk full" });
    expect(sentence.values!.job).toEqual(title);
    expect(inEnglish(sentence)).not.toContain("as it was stored");
  },
);
