"use client";

import { useRouter } from "next/navigation";
import { DialogButton } from "@/components/forms/dialog-button";
import { ConfirmName } from "@/components/forms/confirm-name";
import { SwitchField } from "@/components/forms/fields";
import type { FormAction } from "@/lib/domain/form-result";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { PageHeader } from "@/components/layout/page-header";
import { Card, CardContent, CardDescription, CardHeader, CardTitle, TitledCard } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { CompanyHoldings } from "@/lib/services/companies/read-companies";
import type { RetentionPreview } from "@/lib/services/retention/preview-retention";
import { CompanyForm, type CompanyFields, type InheritedFields } from "./company-form";

interface CompanyEditorProps {
  company: CompanyFields;
  holdings: CompanyHoldings;
  inherited: InheritedFields;
  zones: readonly string[];
  updateAction: FormAction<{ id: number }>;
  previewAction: FormAction<RetentionPreview>;
  purgeAction: FormAction<{ events: number }>;
  deleteAction: FormAction<{ id: number }>;
}

const NOUNS = {
  events: ["event", "events"],
  accounts: ["account", "accounts"],
  computers: ["computer", "computers"],
  sites: ["site", "sites"],
  keys: ["API key", "API keys"],
  users: ["membership", "memberships"],
} as const;

function counted(holdings: CompanyHoldings, name: keyof CompanyHoldings): string {
  const number = holdings[name];
  return `${number.toLocaleString("en")} ${NOUNS[name][number === 1 ? 0 : 1]}`;
}

/** One company: its fields, what it holds, and the ways to take that away. */
export function CompanyEditor(props: CompanyEditorProps) {
  const { company, holdings, inherited, zones, updateAction, previewAction } = props;
  return (
    <>
      <PageCrumbs crumbs={[{ label: company.name }]} />
      <PageHeader title={company.name} description={company.description} />
      <div className="grid items-start gap-4 xl:grid-cols-[2fr_1fr]">
        <Card>
          <CardHeader>
            <CardTitle>Settings</CardTitle>
            <CardDescription>What is left empty follows the portal&apos;s settings.</CardDescription>
          </CardHeader>
          <CardContent>
            <CompanyForm
              company={company}
              inherited={inherited}
              zones={zones}
              action={updateAction}
              previewAction={previewAction}
            />
          </CardContent>
        </Card>
        <div className="grid gap-4">
          <TitledCard title="What it holds">
            <DescriptionList
              items={Object.entries(holdings).map(([name, number]) => ({
                term: NOUNS[name as keyof CompanyHoldings][1],
                value: number.toLocaleString("en"),
              }))}
            />
          </TitledCard>
          <DangerZone {...props} />
        </div>
      </div>
    </>
  );
}

function DangerZone({ company, holdings, purgeAction, deleteAction }: CompanyEditorProps) {
  const router = useRouter();
  const hidden = { companyId: company.id };
  const hasEvents = holdings.events > 0;
  const recorded = (["events", "accounts", "computers"] as const)
    .map((name) => counted(holdings, name))
    .join(", ");
  const rest = (["sites", "keys", "users"] as const).map((name) => counted(holdings, name)).join(", ");
  return (
    <Card className="border-destructive-text/50">
      <CardHeader>
        <CardTitle>Remove data or company</CardTitle>
        <CardDescription>Neither can be undone. The audit trail stays.</CardDescription>
      </CardHeader>
      <CardContent className="flex flex-wrap gap-2">
        <DialogButton
          label="Purge data"
          title={`Purge the data of ${company.name}`}
          description={`${recorded} will be lost. The company's API keys are disabled first; enable them again when agents should report once more.`}
          action={purgeAction}
          hidden={hidden}
          submitLabel="Purge data"
          isDestructive
          done={(result) => `${(result?.events ?? 0).toLocaleString("en")} events were removed.`}
        >
          {(errors) => <ConfirmName name={company.name} errors={errors} />}
        </DialogButton>
        <DialogButton
          label="Delete company"
          variant="destructive"
          title={`Delete ${company.name}`}
          description={
            hasEvents
              ? `It still has ${recorded}. A company is deleted only without events: purge its data too, or keep it.`
              : `${rest} will be lost.`
          }
          action={deleteAction}
          hidden={hidden}
          submitLabel="Delete company"
          isDestructive
          done={`${company.name} is deleted.`}
          onDone={() => router.push("/admin/companies")}
        >
          {(errors) => (
            <>
              {hasEvents && (
                <SwitchField
                  name="isPurgeWanted"
                  label={`Purge its data first: ${counted(holdings, "events")}`}
                  errors={errors}
                />
              )}
              <ConfirmName name={company.name} errors={errors} />
            </>
          )}
        </DialogButton>
      </CardContent>
    </Card>
  );
}
