import type { Text } from "./text";

/** What the steps of an installation without anybody at the computer depend on. */
export interface SilentInstall {
  /** As in config.ini: a full path that passed agentPackageInput. */
  installDir: string;
}

/** A step in words, with the text to copy where there is one. */
export interface InstallStep {
  words: Text;
  /** Names the text for the copy button: "startup script". */
  code?: { label: Text; text: string };
}

export interface InstallWay {
  id: "group-policy" | "intune" | "other";
  title: Text;
  steps: readonly InstallStep[];
}

/**
 * Has Windows record failed logons. The GUID is that of the subcategory "Logon", whose name differs by the display
 * language of Windows.
 */
export const AUDIT_COMMAND =
  'auditpol /set /subcategory:"{0CCE9215-69AE-11D9-BED3-505054503030}" /failure:enable';

export const AGENT_FILE = "winagentUSM.exe";
const SHARE = String.raw`\\server\share\agent`;

/** The ways to install a package on many computers; the page and the package's own text share them. */
export function silentInstallWays(install: SilentInstall): InstallWay[] {
  return [groupPolicy(), intune(install), otherTools(install)];
}

function groupPolicy(): InstallWay {
  const script = [
    "@echo off",
    `"${SHARE}\\${AGENT_FILE}" -service install -config "${SHARE}\\config.ini" && "${SHARE}\\${AGENT_FILE}" -service start`,
    "",
  ].join("\r\n");
  return {
    id: "group-policy",
    title: { key: "agentPackage.groupPolicy" },
    steps: [
      {
        words: { key: "agentPackage.policyShare" },
      },
      {
        words: { key: "agentPackage.policyScript", values: { share: SHARE } },
        code: { label: { key: "agentPackage.startupScript" }, text: script },
      },
      {
        words: { key: "agentPackage.policyAssign" },
      },
      {
        words: { key: "agentPackage.policyTry" },
        code: { label: { key: "agentPackage.policyCommand" }, text: "gpupdate /force" },
      },
    ],
  };
}

function intune(install: SilentInstall): InstallWay {
  return {
    id: "intune",
    title: { key: "agentPackage.intune" },
    steps: [
      {
        words: { key: "agentPackage.intuneWrap" },
        code: {
          label: { key: "agentPackage.wrapCommand" },
          text: `IntuneWinAppUtil.exe -c .\\agent -s ${AGENT_FILE} -o .\\out -q`,
        },
      },
      {
        words: { key: "agentPackage.intuneAdd" },
        code: {
          label: { key: "agentPackage.installCommand" },
          text: `cmd /c ${AGENT_FILE} -service install -config config.ini && ${AGENT_FILE} -service start`,
        },
      },
      {
        words: { key: "agentPackage.intuneUninstall" },
        code: { label: { key: "agentPackage.uninstallCommand" }, text: uninstallCommand(install) },
      },
      {
        words: { key: "agentPackage.intuneDetect" },
      },
      {
        words: { key: "agentPackage.intuneChange" },
        code: { label: { key: "agentPackage.checksumCommand" }, text: "(Get-FileHash .\\config.ini).Hash" },
      },
      {
        words: { key: "agentPackage.intuneAssign" },
      },
      {
        words: { key: "agentPackage.intuneReplace" },
      },
    ],
  };
}

function otherTools(install: SilentInstall): InstallWay {
  return {
    id: "other",
    title: { key: "agentPackage.otherTools" },
    steps: [
      {
        words: { key: "agentPackage.otherInstall" },
        code: { label: { key: "agentPackage.silentInstallCommand" }, text: "install_service.bat /quiet" },
      },
      {
        words: { key: "agentPackage.otherStatus" },
        code: {
          label: { key: "agentPackage.statusCommand" },
          text: `"${install.installDir}\\${AGENT_FILE}" -service status`,
        },
      },
      {
        words: { key: "agentPackage.otherRemove" },
        code: { label: { key: "agentPackage.silentUninstallCommand" }, text: uninstallCommand(install) },
      },
    ],
  };
}

function uninstallCommand({ installDir }: SilentInstall): string {
  return `"${installDir}\\uninstall.bat" /quiet`;
}

/** The same as a text file of the package, with Windows line ends; `word` gives its language. */
export function silentInstallText(install: SilentInstall, word: (text: Text) => string): string {
  const ways = silentInstallWays(install).map(({ title, steps }) => {
    const heading = word(title);
    const lines = steps.map(({ words, code }, index) => {
      const text = code
        ? `\n\n${code.text.replaceAll("\r\n", "\n").trimEnd().replaceAll(/^/gm, "    ")}\n`
        : "";
      return `${index + 1}. ${word(words)}${text}`;
    });
    return `${heading}\n${"-".repeat(heading.length)}\n${lines.join("\n")}`;
  });
  return [word({ key: "agentPackage.silentTitle" }), ...ways, ""].join("\n\n").replaceAll("\n", "\r\n");
}
