"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { NoPublicUrl } from "@/components/layout/no-public-url";
import { PageHeader } from "@/components/layout/page-header";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { LinkButton } from "@/components/ui/link-button";
import { Card, CardContent, TitledCard } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { DEFAULT_INSTALL_DIR } from "@/lib/domain/install-dir";
import { AGENT_FILE, AUDIT_COMMAND } from "@/lib/domain/silent-install";
import type { Newcomer } from "@/lib/services/fleet/read-newcomers";
import { NewcomersCard } from "./newcomers-card";
import { PackageForm, type PackageFormProps } from "./package-form";
import { SilentInstall } from "./silent-install";

interface AgentPackageViewProps extends Omit<PackageFormProps, "onInstallDirChange"> {
  /** Null when the server has no winagentUSM.exe. */
  agent: { sha256: string; sizeBytes: number; version: string | null } | null;
  /** When the page was read, epoch milliseconds. */
  readAt: number;
  /** The computers that came last, newest first. */
  newcomers: readonly Newcomer[];
}

/** Choices for a site's agent package, checked here as on the server, and its download. */
export function AgentPackageView(props: AgentPackageViewProps) {
  const t = useTranslations("agentPackage");
  const { companyId, sites, agent } = props;
  const [installDir, setInstallDir] = useState(DEFAULT_INSTALL_DIR);
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      {props.serverUrl === null && <NoPublicUrl consequence={t("noPublicUrl")} />}
      {sites.length === 0 ? (
        <EmptyState
          title={t("noSites")}
          description={t("noSitesNote")}
          actions={<LinkButton href={`/${companyId}/sites`}>{t("goToSites")}</LinkButton>}
        />
      ) : (
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <div className="grid min-w-0 gap-4">
            <Card>
              <CardContent>
                <PackageForm {...props} onInstallDirChange={setInstallDir} />
              </CardContent>
            </Card>
            <SilentInstall installDir={installDir} />
            <AuditCard />
          </div>
          <div className="grid min-w-0 gap-4">
            <NewcomersCard {...props} />
            <AgentCard agent={agent} />
          </div>
        </div>
      )}
    </>
  );
}

/** Without this policy, Failed logons stays empty however many agents report. */
function AuditCard() {
  const t = useTranslations("agentPackage");
  return (
    <TitledCard title={t("auditTitle")} description={t("auditNote")}>
      <div className="grid min-w-0 gap-2 text-sm">
        <p className="wrap-anywhere">{t("auditPolicy")}</p>
        <p>{t("auditOne")}</p>
        <CodeBlock label={t("auditCommand")} code={AUDIT_COMMAND} />
      </div>
    </TitledCard>
  );
}

/** To one decimal. */
const megabytes = (bytes: number) => Math.round(bytes / 104_857.6) / 10;

function AgentCard({ agent }: Pick<AgentPackageViewProps, "agent">) {
  const t = useTranslations("agentPackage");
  if (!agent) {
    return (
      <Alert variant="warning">
        <TriangleAlert aria-hidden />
        <AlertTitle>{t("noAgent")}</AlertTitle>
        <AlertDescription>{t("noAgentNote")}</AlertDescription>
      </Alert>
    );
  }
  return (
    <TitledCard title={AGENT_FILE} description={t("agentNote")}>
      <DescriptionList
        items={[
          { term: t("version"), value: agent.version ?? t("versionUnknown") },
          { term: t("size"), value: t("sizeMb", { size: megabytes(agent.sizeBytes) }) },
          { term: "SHA-256", value: <Checksum sha256={agent.sha256} /> },
        ]}
      />
      <p className="pt-4 pb-2 text-sm text-muted-foreground">{t("checkNote")}</p>
      <CodeBlock label={t("checksumCommand")} code={CHECKSUM_COMMAND} />
    </TitledCard>
  );
}

const CHECKSUM_COMMAND = "(Get-FileHash .\\winagentUSM.exe -Algorithm SHA256).Hash";

function Checksum({ sha256 }: { sha256: string }) {
  const t = useTranslations("ui");
  return (
    <span className="flex items-start gap-1">
      <code className="font-mono text-xs break-all">{sha256}</code>
      <CopyButton value={sha256} label={t("copyWhat", { what: "SHA-256" })} className="-mt-1.5 shrink-0" />
    </span>
  );
}
