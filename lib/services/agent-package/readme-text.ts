import type { AgentPackageOptions } from "@/lib/domain/agent-package";
import { AUDIT_COMMAND } from "@/lib/domain/silent-install";
import type { AgentBinary } from "./read-agent-binary";

/** What README.txt of a package says, with the line ends of Windows. */
export function readmeText(
  { installDir, serverUrl }: Pick<AgentPackageOptions, "installDir" | "serverUrl">,
  { company, site }: { company: string; site: string },
  binary: AgentBinary | null,
): string {
  const program = binary
    ? `winagentUSM.exe is the agent${binary.version ? `, version ${binary.version}` : ""}. Its SHA-256 is\n${binary.sha256}`
    : "winagentUSM.exe is NOT in this package: the server has none. Put it into this folder before you install.";
  return `WinAuthMon agent for ${company}, site ${site}
Reports to ${serverUrl}

Install or upgrade
1. Unpack this zip file into any folder; its path can contain spaces.
2. Right-click install_service.bat and choose "Run as administrator".
   Unattended: install_service.bat /quiet (exit code 0 means success).
   With Group Policy or Intune: see silent-install.txt.
The agent is installed to ${installDir}.

Turn on auditing of failed logons
The agent can report failed logons only if Windows records them (Audit Logon, Failure). On client
computers, this is off by default. Turn it on with Group Policy, or as administrator on one computer:
   ${AUDIT_COMMAND}

Remove
Run uninstall.bat as administrator.

${program}

Keep this package confidential
config.ini holds the site's API key: anyone who has it can send events in the site's name.
If someone else gets it, rotate the key in the portal and install with a new package.
An installation replaces config.ini, so changes made on a computer are lost. With Intune,
detect.ps1 finds computers whose config.ini isn't the package's.
`.replaceAll("\n", "\r\n");
}
