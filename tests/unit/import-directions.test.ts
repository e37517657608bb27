import { execFile } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { beforeAll, expect, it } from "vitest";

/** Imports that a lint rule must refuse, by the file they would stand in: what oxlint's patterns match is easily misread. */
const FORBIDDEN: readonly (readonly [file: string, specifier: string])[] = [
  ["app/(portal)/[company]/events/page.tsx", "@/db/queries/global/jobs"],
  ["components/accounts/account-view.tsx", "@/components/system/jobs-card"],
  ["components/accounts/accounts-view.tsx", "../system/jobs-card"],
  ["components/charts/bar-list.tsx", "@/components/users/user-detail"],
  ["components/ui/button.tsx", "@/lib/services/dashboard/read-dashboard"],
  ["components/users/user-detail.tsx", "@/db/queries/global/jobs"],
  ["db/queries/global/jobs.ts", "@/lib/services/dashboard/read-dashboard"],
  ["lib/logger.ts", "@/components/users/user-detail"],
  ["lib/domain/actor.ts", "@/lib/services/dashboard/read-dashboard"],
  ["lib/domain/reports/logons.ts", "../../services/dashboard/read-dashboard"],
  ["lib/domain/passwords.ts", "next-intl"],
  ["lib/export/csv.ts", "@/lib/services/dashboard/read-dashboard"],
  ["lib/export/pdf.ts", "../server/guards"],
  ["lib/server/guards.ts", "@/components/users/user-detail"],
  ["lib/server/front/connections.ts", "@/db/queries/global/jobs"],
  ["lib/services/auth/sign-in.ts", "next-intl/server"],
  ["lib/services/users/read-users.ts", "@/lib/server/guards"],
  ["lib/services/users/user-input.ts", "next/headers"],
];

const ALLOWED: typeof FORBIDDEN = [
  ["components/accounts/account-columns.tsx", "@/components/lists/name-link"],
  ["components/accounts/presence-badge.tsx", "./account-columns"],
  ["lib/domain/permissions.ts", "@/lib/domain/reports/report-table"],
  ["lib/server/actions.ts", "next/headers"],
  ["lib/server/routes.ts", "next-intl/server"],
  ["lib/services/users/administer.ts", "@/db/queries/global/jobs"],
];

let refused: string[];

beforeAll(async () => {
  const folder = mkdtempSync(path.join(tmpdir(), "import-directions-"));
  copyFileSync(".oxlintrc.json", path.join(folder, ".oxlintrc.json"));
  for (const [file, specifier] of [...FORBIDDEN, ...ALLOWED]) {
    mkdirSync(path.join(folder, path.dirname(file)), { recursive: true });
    writeFileSync(
      path.join(folder, file),
      `import { found } from "${specifier}";\nexport const used = found;\n`,
    );
  }
  const oxlint = path.resolve("node_modules/oxlint/bin/oxlint");
  const output = await new Promise<string>((resolve) =>
    execFile(process.execPath, [oxlint, "--format", "json"], { cwd: folder }, (_, stdout) => resolve(stdout)),
  );
  const { diagnostics } = JSON.parse(output) as { diagnostics: { code: string; filename: string }[] };
  refused = diagnostics
    .filter(({ code }) => code === "eslint(no-restricted-imports)")
    .map(({ filename }) => filename);
});

it.each(FORBIDDEN)("refuses in %s an import of %s", (file) => {
  expect(refused).toContain(file);
});

it.each(ALLOWED)("allows in %s an import of %s", (file) => {
  expect(refused).not.toContain(file);
});
