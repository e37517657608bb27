import { z } from "zod";
import { checkbox, optionalZone, rowId, wholeNumber } from "./form-input";
import { DEFAULT_INSTALL_DIR, isInstallDir, MOST_INSTALL_DIR } from "./install-dir";
import { issue } from "./text";

const MAX_URLS = 5;

/** An http(s) address without user name, as the URL parser spells it: no blank, quote or line break survives that. */
function webAddress(text: string, mayHaveQuery: boolean): string | null {
  const trimmed = text.trim();
  const url = URL.canParse(trimmed) ? new URL(trimmed) : null;
  if (!url || !/^https?:$/.test(url.protocol) || url.username || url.password || url.hash) return null;
  if (!mayHaveQuery && url.search) return null;
  return /^[\x21-\x7e]+$/.test(url.href) && !/[;#"'`%]/.test(url.href) ? url.href.replace(/\/$/, "") : null;
}

const serverUrl = z
  .string()
  .max(500, issue("agentPackage.tooLong", { max: 500 }))
  .transform((text) => webAddress(text, false))
  .refine((url) => url !== null, issue("agentPackage.serverUrlWrong"));

const publicIpUrls = z
  .string()
  .default("")
  .transform((text) => text.split(/[\s,]+/).filter(Boolean))
  .refine((urls) => urls.length <= MAX_URLS, issue("agentPackage.tooManyUrls", { max: MAX_URLS }))
  .transform((urls) => urls.map((url) => webAddress(url, true)))
  .refine((urls): urls is string[] => !urls.includes(null), issue("agentPackage.urlsWrong"));

const rotationMb = wholeNumber(1, 1_000);

/** What an administrator chooses for an agent package. */
export const agentPackageInput = z.object({
  siteId: rowId,
  serverUrl,
  installDir: z
    .string()
    .trim()
    .max(MOST_INSTALL_DIR, issue("agentPackage.tooLong", { max: MOST_INSTALL_DIR }))
    .refine(isInstallDir, issue("agentPackage.installDirWrong", { example: DEFAULT_INSTALL_DIR })),
  /** Of the logs; null for the computer's. */
  timeZone: optionalZone,
  healthIntervalSeconds: wholeNumber(0, 86_400),
  hasDebugLogs: checkbox,
  obtainsPublicIp: checkbox,
  publicIpUrls,
  sessionLogMb: rotationMb,
  errorLogMb: rotationMb,
  eventLogMb: rotationMb,
});

export type AgentPackageOptions = z.output<typeof agentPackageInput>;

/**
 * The agent's config.ini: only the original agent's sections and keys, in its order, with Windows line ends. It names no
 * time zone unless one is chosen: Windows knows the rules of its own zone better than an agent that was built long ago.
 *
 * `apiKey` is 64 hex digits. Every value is checked by the schema above, so none can begin a line of its own.
 */
export function configIni(options: AgentPackageOptions, apiKey: string): string {
  const lines = [
    "[API]",
    `api_key = ${apiKey}`,
    `server_url = ${options.serverUrl}`,
    `debug_logs = ${options.hasDebugLogs}`,
    ...(options.timeZone === null ? [] : [`timezone = ${options.timeZone}`]),
    `install_dir = ${options.installDir}`,
    `health_check_interval = ${options.healthIntervalSeconds}`,
    "health_check_path = /api/health",
    `obtain_public_ip = ${options.obtainsPublicIp}`,
    `public_ip_http_urls = ${options.publicIpUrls.join(",")}`,
    "",
    "[Logging]",
    `session_log_rotation_size_mb = ${options.sessionLogMb}`,
    `error_log_rotation_size_mb = ${options.errorLogMb}`,
    `event_log_rotation_size_mb = ${options.eventLogMb}`,
  ];
  return `${lines.join("\r\n")}\r\n`;
}
