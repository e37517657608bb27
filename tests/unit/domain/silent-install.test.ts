import { describe, expect, test } from "vitest";
import { agentPackageInput } from "@/lib/domain/agent-package";
import { inEnglish } from "@/lib/english";
import { silentInstallText, silentInstallWays } from "@/lib/domain/silent-install";

const DIR = "C:\\Program Files (x86)\\WinAuth Agent";

function codeOf(way: string, label: string): string {
  const steps = silentInstallWays({ installDir: DIR }).find(({ id }) => id === way)!.steps;
  return steps.find(({ code }) => code?.label.key === `agentPackage.${label}`)!.code!.text;
}

describe("the steps of a silent installation", () => {
  test("name the folder that was chosen, quoted for its blanks and parentheses", () => {
    expect(agentPackageInput.shape.installDir.safeParse(DIR).success).toBe(true);
    expect(codeOf("intune", "uninstallCommand")).toBe(`"${DIR}\\uninstall.bat" /quiet`);
    expect(codeOf("other", "statusCommand")).toBe(`"${DIR}\\winagentUSM.exe" -service status`);
  });

  test("start what they install, from the share as from the wrapped folder", () => {
    for (const text of [codeOf("group-policy", "startupScript"), codeOf("intune", "installCommand")]) {
      expect(text).toMatch(/-service install -config .*config\.ini"? && .*-service start/);
    }
  });

  test("stand in the package's text with Windows line ends, every text to copy among them", () => {
    const text = silentInstallText({ installDir: DIR }, inEnglish);
    expect(text.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    for (const { title, steps } of silentInstallWays({ installDir: DIR })) {
      expect(text).toContain(inEnglish(title));
      for (const line of steps.flatMap(({ code }) => code?.text.split("\r\n") ?? [])) {
        expect(text).toContain(line);
      }
    }
  });
});
