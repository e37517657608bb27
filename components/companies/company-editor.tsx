"use client";

import { formatNumber } from "@/components/ui/format-number";
import { useRouter } from "next/navigation";
import { useTranslations } from "next-intl";
import { DialogButton } from "@/components/forms/dialog-button";
import { ConfirmName } from "@/components/forms/confirm-name";
import { SwitchField } from "@/components/forms/fields";
import { allEventsHref } from "@/components/events/events-href";
import type { FormAction } from "@/lib/domain/form-result";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { PageHeader } from "@/components/layout/page-header";
import { LinkButton } from "@/components/ui/link-button";
import { TitledCard } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
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

const pageOf = (page: string) => (companyId: number) => `/${companyId}/${page}`;

/** By what a company holds: its words, and the address of the list that has all of it. */
const HOLDING = {
  events: ["events", allEventsHref],
  accounts: ["accounts", pageOf("accounts")],
  computers: ["computers", pageOf("computers")],
  sites: ["sites", pageOf("sites")],
  keys: ["keys", pageOf("sites")],
  users: ["memberships", pageOf("members")],
} as const satisfies Record<
  keyof CompanyHoldings,
  readonly [words: string, href: (companyId: number) => string]
>;

/** One company: its fields, what it holds, and the ways to take that away. */
export function CompanyEditor(props: CompanyEditorProps) {
  const t = useTranslations("companies");
  const { company, holdings, inherited, zones, updateAction, previewAction } = props;
  return (
    <>
      <PageCrumbs crumbs={[{ label: company.name }]} />
      <PageHeader
        title={company.name}
        description={company.description}
        actions={
          <LinkButton href={`/${company.id}/dashboard`} size="sm">
            {t("openDashboard")}
          </LinkButton>
        }
      />
      <div className="grid items-start gap-4 xl:grid-cols-[2fr_1fr]">
        <TitledCard title={t("settings")} description={t("settingsNote")}>
          <CompanyForm
            company={company}
            inherited={inherited}
            zones={zones}
            action={updateAction}
            previewAction={previewAction}
          />
        </TitledCard>
        <div className="grid gap-4">
          <TitledCard title={t("data")}>
            <DescriptionList
              items={Object.entries(holdings).map(([name, number]) => {
                const [words, hrefOf] = HOLDING[name as keyof CompanyHoldings];
                return { term: t(words), value: <HoldingLink href={hrefOf(company.id)} number={number} /> };
              })}
            />
          </TitledCard>
          <DangerZone {...props} />
        </div>
      </div>
    </>
  );
}

function HoldingLink({ href, number }: { href: string; number: number }) {
  return (
    <TextLink href={href} className="tabular">
      {formatNumber(number)}
    </TextLink>
  );
}

function DangerZone({ company, holdings, purgeAction, deleteAction }: CompanyEditorProps) {
  const t = useTranslations("companies");
  const router = useRouter();
  const hidden = { companyId: company.id };
  const { events, accounts, computers, sites, keys, users } = holdings;
  const named = { company: company.name };
  const recorded = { events, accounts, computers };
  return (
    <TitledCard
      className="border-destructive-text/50"
      title={t("danger")}
      description={t("dangerNote")}
      contentClassName="flex flex-wrap gap-2"
    >
      <DialogButton
        label={t("deleteData")}
        title={t("deleteDataOf", named)}
        description={t("deleteDataNote", recorded)}
        action={purgeAction}
        hidden={hidden}
        isDestructive
        done={(result) => t("dataDeleted", { count: result?.events ?? 0 })}
      >
        {(errors) => <ConfirmName name={company.name} errors={errors} />}
      </DialogButton>
      <DialogButton
        label={t("delete")}
        variant="destructive"
        title={t("deleteTitle", named)}
        description={
          events > 0 ? t("deleteHasEvents", recorded) : t("deleteNote", { sites, keys, memberships: users })
        }
        action={deleteAction}
        hidden={hidden}
        isDestructive
        done={t("deleted", named)}
        onDone={(_, isHere) => isHere && router.push("/admin/companies")}
      >
        {(errors) => (
          <>
            {events > 0 && (
              <SwitchField
                name="isPurgeWanted"
                label={t("deleteDataFirst", { count: events })}
                errors={errors}
              />
            )}
            <ConfirmName name={company.name} errors={errors} />
          </>
        )}
      </DialogButton>
    </TitledCard>
  );
}
