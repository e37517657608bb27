import { createHash } from "node:crypto";
import { zipSync, strToU8, type Zippable } from "fflate";
import { insertAuditRow } from "@/db/queries/audit/insert-audit-row";
import { findCompany } from "@/db/queries/companies/company";
import { lockSite } from "@/db/queries/companies/sites";
import { writeWithin } from "@/db/scope";
import { configIni, type AgentPackageOptions } from "@/lib/domain/agent-package";
import { DETECTION_FILE, detectionScript } from "@/lib/domain/detection-script";
import { NO_KEY_TEXT } from "@/lib/domain/no-package-key";
import { AGENT_FILE, silentInstallText } from "@/lib/domain/silent-install";
import { inEnglish } from "@/lib/english";
import { AppError } from "@/lib/errors";
import type { CompanyContext } from "../context";
import { noSuchSite } from "../sites/change-site";
import { companyAudit } from "../audit/company-audit";
import { INSTALL_BAT, UNINSTALL_BAT } from "./batch-files";
import { openPackageKey } from "./package-key";
import { readAgentBinary, type AgentBinary } from "./read-agent-binary";
import { readmeText } from "./readme-text";

export interface AgentPackage {
  /** Ends in .zip; plain ASCII. */
  fileName: string;
  zip(): Uint8Array;
}

/**
 * Puts together what a Windows administrator unpacks and runs on the computers of one site.
 *
 * It carries the site's newest working key that can only send events, so each call is written to the audit trail.
 * @throws AppError `conflict` when the site has no such key.
 */
export async function buildAgentPackage(
  context: CompanyContext,
  options: AgentPackageOptions,
): Promise<AgentPackage> {
  const { scope } = context;
  const binary = await readAgentBinary();
  return writeWithin(scope, async (tx) => {
    const site = await lockSite(tx, scope, options.siteId);
    if (!site) throw noSuchSite();
    const company = await findCompany(tx, scope);
    const key = await openPackageKey(tx, scope, site.id);
    if (typeof key === "string") {
      const message = { key: NO_KEY_TEXT[key] };
      throw new AppError("conflict", message, [{ field: "siteId", message }]);
    }
    const names = { company: company!.name, site: site.name };
    const files = packageFiles(options, key.digits, names, binary);
    await insertAuditRow(tx, {
      ...companyAudit(context, "agent-package.download", "site", site),
      after: { apiKeyId: key.id, serverUrl: options.serverUrl, agentSha256: binary?.sha256 ?? null },
    });
    return {
      fileName: `winauthmon-agent-${asciiName(names.company)}-${asciiName(names.site)}.zip`,
      zip: () => zipOf(files, binary),
    };
  });
}

type Files = [name: string, bytes: Uint8Array][];

function packageFiles(
  options: AgentPackageOptions,
  apiKey: string,
  names: { company: string; site: string },
  binary: AgentBinary | null,
): Files {
  const config = strToU8(configIni(options, apiKey));
  const configSha256 = createHash("sha256").update(config).digest("hex").toUpperCase();
  const detection = { ...options, version: binary?.version ?? null, configSha256 };
  return [
    ["config.ini", config],
    ["install_service.bat", strToU8(INSTALL_BAT)],
    ["uninstall.bat", strToU8(UNINSTALL_BAT)],
    ["README.txt", strToU8(readmeText(options, names, binary))],
    ["silent-install.txt", strToU8(silentInstallText(options, inEnglish))],
    [DETECTION_FILE, strToU8(detectionScript(detection))],
    ...(binary ? ([[AGENT_FILE, binary.bytes]] satisfies Files) : []),
  ];
}

/** One date for every file, so that the same choices give the same bytes; zip cannot say a date before 1980. */
function zipOf(files: Files, binary: AgentBinary | null): Uint8Array {
  const mtime = binary?.modifiedAt ?? new Date("2025-01-01T00:00:00Z");
  const zippable: Zippable = Object.fromEntries(files.map(([name, bytes]) => [name, [bytes, { level: 6 }]]));
  return zipSync(zippable, { mtime });
}

function asciiName(name: string): string {
  const plain = name
    .normalize("NFKD")
    .replace(/[^\w]+/g, "-")
    .replace(/^-+|-+$/g, "")
    .toLowerCase();
  return plain.slice(0, 40) || "site";
}
