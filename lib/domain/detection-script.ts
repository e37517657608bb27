import { AGENT_FILE } from "./silent-install";

/** The agent's, by its name in Windows. */
const SERVICE = "UserSessionMonService";

export const DETECTION_FILE = "detect.ps1";

export interface Detection {
  /** As in config.ini: a full path that passed agentPackageInput. */
  installDir: string;
  /** Of the agent in the package, such as 1.0.0; null when it is not known. */
  version: string | null;
  /** Of the package's config.ini, which an installation copies byte for byte; hex. */
  configSha256: string;
}

/**
 * PowerShell that tells Intune whether a computer has what the package brings: its agent or a newer one, and its
 * config.ini, and its service runs that agent. So a package with another key or address is installed, and changes made on
 * the computer are undone.
 */
export function detectionScript({ installDir, version, configSha256 }: Detection): string {
  const lines = [
    "# For Intune: exit code 0 means that the agent, its service and config.ini of this package are installed.",
    "# If you change config.ini in the package, replace this checksum with what this prints:",
    "# (Get-FileHash .\\config.ini).Hash",
    `$config = '${configSha256}'`,
    `$folder = ${quote(installDir)}`,
    `if (-not (Test-Path -LiteralPath "$folder\\${AGENT_FILE}")) { exit 1 }`,
    `$found = (& "$folder\\${AGENT_FILE}" -version | Out-String).Trim()`,
    ...(version === null ? [] : [`if (($found -as [version]) -lt [version]'${version}') { exit 1 }`]),
    // Last in an installation, and first in a removal: the files alone are no agent.
    `$service = Get-ItemProperty -LiteralPath 'HKLM:\\SYSTEM\\CurrentControlSet\\Services\\${SERVICE}' -ErrorAction SilentlyContinue`,
    // The agent registers its folder as Windows writes it, such as without a stroke at its end.
    "$full = [IO.Path]::GetFullPath($folder).TrimEnd('\\')",
    `if (-not $service -or -not ([string]$service.ImagePath).StartsWith("\`"$full\\", 'OrdinalIgnoreCase')) { exit 1 }`,
    '$installed = Get-FileHash -LiteralPath "$folder\\config.ini" -Algorithm SHA256 -ErrorAction SilentlyContinue',
    "if ($installed.Hash -ne $config) { exit 1 }",
    'Write-Output "winagentUSM $found"',
    "exit 0",
    "",
  ];
  return lines.join("\r\n");
}

/** In ASCII, as Windows PowerShell reads other letters of a script in the computer's own code page. */
function quote(dir: string): string {
  return `'${dir.replaceAll(/[^\x20-\x7e]/g, (unit) => `' + [char]${unit.charCodeAt(0)} + '`)}'`;
}
