/** What the steps of an installation without anybody at the computer depend on. */
export interface SilentInstall {
  /** As in config.ini: a full path that passed agentPackageInput. */
  installDir: string;
  /** Of the agent in the package, such as 1.0.0; null when it is not known. */
  version: string | null;
}

/** A step in words, with the text to copy where there is one. */
export interface InstallStep {
  words: string;
  /** Names the text for the copy button: "startup script". */
  code?: { label: string; text: string };
}

export interface InstallWay {
  id: "group-policy" | "intune" | "other";
  title: string;
  steps: readonly InstallStep[];
}

const AGENT = "winagentUSM.exe";
const SHARE = String.raw`\\server\share\agent`;

/** The ways to install a package on many computers; the page and the package's own text share them. */
export function silentInstallWays(install: SilentInstall): InstallWay[] {
  return [groupPolicy(), intune(install), otherTools(install)];
}

function groupPolicy(): InstallWay {
  const script = [
    "@echo off",
    `"${SHARE}\\${AGENT}" -service install -config "${SHARE}\\config.ini" && "${SHARE}\\${AGENT}" -service start`,
    "",
  ].join("\r\n");
  return {
    id: "group-policy",
    title: "Group Policy",
    steps: [
      {
        words:
          "Unpack the zip file to a share that Domain Computers may read and only administrators may write: config.ini holds the site's API key.",
      },
      {
        words: `Save this as install-agent.bat on the share, with your share's path in place of ${SHARE}.`,
        code: { label: "startup script", text: script },
      },
      {
        words:
          "In a policy linked to the site's computers: Computer Configuration → Policies → Windows Settings → Scripts (Startup/Shutdown) → Startup → Add. It may run at every start: an installed agent is upgraded in place and keeps what it has not sent yet.",
      },
      {
        words: "Apply the policy now on one computer to try it, then restart that computer.",
        code: { label: "policy command", text: "gpupdate /force" },
      },
    ],
  };
}

function intune(install: SilentInstall): InstallWay {
  return {
    id: "intune",
    title: "Intune",
    steps: [
      {
        words: "Unpack the zip file into a folder of its own and wrap it with the Content Prep Tool.",
        code: { label: "wrap command", text: `IntuneWinAppUtil.exe -c .\\agent -s ${AGENT} -o .\\out -q` },
      },
      {
        words: "Add the .intunewin file as a Windows app (Win32), install behaviour System. Install command:",
        code: {
          label: "install command",
          text: `cmd /c ${AGENT} -service install -config config.ini && ${AGENT} -service start`,
        },
      },
      {
        words: "Uninstall command:",
        code: { label: "uninstall command", text: uninstallCommand(install) },
      },
      {
        words:
          "Detection rule: a custom script, run as 64-bit. An older agent counts as not installed, so that a new package upgrades it.",
        code: { label: "detection script", text: detectionScript(install) },
      },
      {
        words:
          "Assign the app as required to a group of the site's computers: each site has its own package, because it carries the site's key.",
      },
    ],
  };
}

function otherTools(install: SilentInstall): InstallWay {
  return {
    id: "other",
    title: "Other tools",
    steps: [
      {
        words:
          "Anything that runs a command as SYSTEM or administrator will do. From the unpacked folder; exit code 0 means that all is well, 5 that the rights are missing.",
        code: { label: "silent install command", text: "install_service.bat /quiet" },
      },
      {
        words: "Whether it runs: 0 running, 3 stopped, 4 not installed.",
        code: { label: "status command", text: `"${install.installDir}\\${AGENT}" -service status` },
      },
      {
        words: "To remove it. What it has not sent yet is kept unless /purge is given too.",
        code: { label: "silent uninstall command", text: uninstallCommand(install) },
      },
    ],
  };
}

function uninstallCommand({ installDir }: SilentInstall): string {
  return `"${installDir}\\uninstall.bat" /quiet`;
}

/** PowerShell; nothing in an install directory that passed its check needs quoting within '…'. */
function detectionScript({ installDir, version }: SilentInstall): string {
  const lines = [
    `$agent = '${installDir}\\${AGENT}'`,
    "if (-not (Test-Path -LiteralPath $agent)) { exit 1 }",
    "$found = (& $agent -version | Out-String).Trim()",
    ...(version === null ? [] : [`if (($found -as [version]) -lt [version]'${version}') { exit 1 }`]),
    'Write-Output "winagentUSM $found"',
    "exit 0",
    "",
  ];
  return lines.join("\r\n");
}

/** The same as a text file of the package, with Windows line ends. */
export function silentInstallText(install: SilentInstall): string {
  const ways = silentInstallWays(install).map(({ title, steps }) => {
    const lines = steps.map(({ words, code }, index) => {
      const text = code
        ? `\n\n${code.text.replaceAll("\r\n", "\n").trimEnd().replaceAll(/^/gm, "    ")}\n`
        : "";
      return `${index + 1}. ${words}${text}`;
    });
    return `${title}\n${"-".repeat(title.length)}\n${lines.join("\n")}`;
  });
  return `Installing the agent on many computers\n\n${ways.join("\n\n")}\n`.replaceAll("\n", "\r\n");
}
