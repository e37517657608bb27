"use client";

import { TriangleAlert } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useState } from "react";
import { NoPublicUrl } from "@/components/layout/no-public-url";
import { PageHeader } from "@/components/layout/page-header";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardContent, TitledCard } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { CodeBlock } from "@/components/ui/code-block";
import { CopyButton } from "@/components/ui/copy-button";
import { EmptyState } from "@/components/ui/empty-state";
import { DEFAULT_INSTALL_DIR } from "@/lib/domain/agent-package";
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
  const { companyId, sites, agent } = props;
  const [installDir, setInstallDir] = useState(DEFAULT_INSTALL_DIR);
  return (
    <>
      <PageHeader
        title="Agent package"
        description="A zip file to unpack and install on the Windows computers of one site."
      />
      {props.serverUrl === null && <NoPublicUrl consequence="Type the address that the agents can reach." />}
      {sites.length === 0 ? (
        <EmptyState
          title="No site yet"
          description="A package carries the API key of a site."
          actions={
            <Button asChild variant="outline">
              <Link href={`/${companyId}/sites`}>Go to sites</Link>
            </Button>
          }
        />
      ) : (
        <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,1fr)]">
          <div className="grid min-w-0 gap-4">
            <Card>
              <CardContent>
                <PackageForm {...props} onInstallDirChange={setInstallDir} />
              </CardContent>
            </Card>
            <SilentInstall installDir={installDir} version={agent?.version ?? null} />
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

function AgentCard({ agent }: Pick<AgentPackageViewProps, "agent">) {
  if (!agent) {
    return (
      <Alert variant="warning">
        <TriangleAlert aria-hidden />
        <AlertTitle>The package will not contain the agent</AlertTitle>
        <AlertDescription>
          This server has no winagentUSM.exe. Put it into the package&apos;s folder by hand before installing,
          or ask the operator to put it into the server&apos;s AGENT_DIR.
        </AlertDescription>
      </Alert>
    );
  }
  return (
    <TitledCard title="winagentUSM.exe" description="The agent in the package.">
      <DescriptionList
        items={[
          { term: "Version", value: agent.version ?? "Not known: no checksum file tells it" },
          { term: "Size", value: `${(agent.sizeBytes / 1_048_576).toFixed(1)} MB` },
          { term: "SHA-256", value: <Checksum sha256={agent.sha256} /> },
        ]}
      />
      <p className="pt-4 pb-2 text-sm text-muted-foreground">
        To check the file of an unpacked package, compare its checksum in PowerShell:
      </p>
      <CodeBlock label="checksum command" code={CHECKSUM_COMMAND} />
    </TitledCard>
  );
}

const CHECKSUM_COMMAND = "(Get-FileHash .\\winagentUSM.exe -Algorithm SHA256).Hash";

function Checksum({ sha256 }: { sha256: string }) {
  return (
    <span className="flex items-start gap-1">
      <code className="font-mono text-xs break-all">{sha256}</code>
      <CopyButton value={sha256} label="Copy SHA-256" className="-mt-1.5 shrink-0" />
    </span>
  );
}
