"use client";

import { TriangleAlert } from "lucide-react";
import Link from "next/link";
import { PageHeader } from "@/components/layout/page-header";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { EmptyState } from "@/components/ui/empty-state";
import { PackageForm, type PackageFormProps } from "./package-form";

interface AgentPackageViewProps extends PackageFormProps {
  /** Null when the server has no winagentUSM.exe. */
  agent: { sha256: string; sizeBytes: number } | null;
}

/** Choices for a site's agent package, checked here as on the server, and its download. */
export function AgentPackageView(props: AgentPackageViewProps) {
  const { companyId, sites, agent } = props;
  return (
    <>
      <PageHeader
        title="Agent package"
        description="A zip file to unpack and install on the Windows computers of one site."
      />
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
        <div className="grid items-start gap-4 xl:grid-cols-[2fr_1fr]">
          <Card>
            <CardContent>
              <PackageForm {...props} />
            </CardContent>
          </Card>
          <AgentCard agent={agent} />
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
    <Card>
      <CardHeader>
        <CardTitle>winagentUSM.exe</CardTitle>
        <CardDescription>The agent in the package.</CardDescription>
      </CardHeader>
      <CardContent>
        <DescriptionList
          items={[
            { term: "Size", value: `${(agent.sizeBytes / 1_048_576).toFixed(1)} MB` },
            { term: "SHA-256", value: <code className="font-mono text-xs break-all">{agent.sha256}</code> },
          ]}
        />
      </CardContent>
    </Card>
  );
}
