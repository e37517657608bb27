import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { agentPackageInput } from "@/lib/domain/agent-package";
import { detectionScript } from "@/lib/domain/detection-script";

const DIR = "C:\\Program Files (x86)\\WinAuth Agent";
const SHA256 = "AB".repeat(32);

const scriptOf = (choices: { installDir?: string; version?: string | null } = {}) =>
  detectionScript({ installDir: DIR, version: "1.2.0", configSha256: SHA256, ...choices });

test("a computer with an older agent is not found, and any version is where the package's isn't known", () => {
  expect(scriptOf()).toContain("-lt [version]'1.2.0') { exit 1 }");
  expect(scriptOf({ version: null })).not.toContain("[version]");
});

test("a computer on which the agent's service is missing, or is that of another folder, is not found", () => {
  const source = readFileSync("agent/internal/windows/service_windows.go", "utf8");
  const [, service] = /^const ServiceName = "(\w+)"$/m.exec(source)!;
  const command = readFileSync("agent/internal/install/install.go", "utf8");
  // The path begins with a quote, by which the script knows it.
  expect(command).toContain('fmt.Sprintf(`"%s" -service run');
  expect(scriptOf()).toContain(
    `$service = Get-ItemProperty -LiteralPath 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\${service}' -ErrorAction SilentlyContinue\r\n` +
      "$full = [IO.Path]::GetFullPath($folder).TrimEnd('\\')\r\n" +
      `if (-not $service -or -not ([string]$service.ImagePath).StartsWith("\`"$full\\", 'OrdinalIgnoreCase')) { exit 1 }\r\n`,
  );
});

test("a computer with another config.ini is not found, whatever the version", () => {
  for (const version of ["1.2.0", null]) {
    expect(scriptOf({ version })).toContain(`$config = '${SHA256}'\r\n`);
    expect(scriptOf({ version })).toContain("if ($installed.Hash -ne $config) { exit 1 }");
  }
});

test.each([
  [DIR, `'${DIR}'`],
  ["C:\\Büro", "'C:\\B' + [char]252 + 'ro'"],
  ["C:\\監視", "'C:\\' + [char]30435 + '' + [char]35222 + ''"],
  ["C:\\\u{20BB7}", "'C:\\' + [char]55362 + '' + [char]57271 + ''"],
])("the folder %j is named in ASCII, which each version of PowerShell reads alike", (installDir, quoted) => {
  expect(agentPackageInput.shape.installDir.safeParse(installDir).success).toBe(true);
  const script = scriptOf({ installDir });
  expect(script).toContain(`$folder = ${quoted}\r\n`);
  expect(script).toMatch(/^[\x20-\x7e\r\n]+$/);
  expect(script.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
});
