import type { AgentPackageOptions } from "@/lib/domain/agent-package";
import type { AgentBinary } from "./read-agent-binary";

/** What README.txt of a package says, with the line ends of Windows. */
export function readmeText(
  { installDir, serverUrl }: AgentPackageOptions,
  { company, site }: { company: string; site: string },
  binary: AgentBinary | null,
): string {
  const program = binary
    ? `winagentUSM.exe is the agent${binary.version ? `, version ${binary.version}` : ""}. Its SHA-256 is\n${binary.sha256}`
    : "winagentUSM.exe is NOT in this package: the server has none. Put it into this folder before you install.";
  return `WinAuthMon agent for ${company}, site ${site}
Reports to ${serverUrl}

Install or upgrade
1. Unpack this zip file into any folder, also one with blanks in its name.
2. Right-click install_service.bat and choose "Run as administrator".
   Unattended: install_service.bat /quiet (exit code 0 means that all is well).
   With Group Policy or Intune: see silent-install.txt.
The agent is installed to ${installDir}.

Remove
Run uninstall.bat as administrator.

${program}

Keep this package to yourself
config.ini holds the site's API key: whoever has it can send events in the site's name.
If it gets into wrong hands, rotate the key in the portal and install with a new package.
An installation replaces config.ini, so changes made on a computer are lost. With Intune,
detect.ps1 finds computers whose config.ini isn't the package's.
`.replaceAll("\n", "\r\n");
}
