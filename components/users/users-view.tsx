"use client";

import { UserPlus, Users } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { BulkBar } from "@/components/lists/bulk-bar";
import type { Choice } from "@/components/lists/choose-column";
import { ListTable } from "@/components/lists/list-table";
import { ExportMenu } from "@/components/exports/export-menu";
import { PageHeader } from "@/components/layout/page-header";
import { filterChipsOf, ListToolbar, type ListFilter } from "@/components/lists/list-filters";
import { NothingYet } from "@/components/lists/nothing-in-range";
import { cursorPager } from "@/components/lists/pager";
import { useListUrl, type Step } from "@/components/lists/use-list-url";
import { ActionButton } from "@/components/forms/action-button";
import { DialogButton } from "@/components/forms/dialog-button";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { LinkButton } from "@/components/ui/link-button";
import type { UserView } from "@/lib/services/users/read-users";
import { useWords } from "@/components/ui/use-words";
import { COMPANY_ROLES, companyRoleText, GLOBAL_ROLES, globalRoleText } from "@/lib/domain/actor";
import { AddMember, CreateUser } from "./create-user";
import type { CompanyOption, UserActions } from "./user-actions";
import { useUserColumns } from "./user-columns";

export interface UsersViewProps {
  users: UserView[];
  found: number;
  waiting: number;
  nextCursor: string | null;
  /** The filters in force, as files take them. */
  exportQuery: string;
  zone: string;
  /** Given on the page of one company. */
  company?: CompanyOption;
  companies: readonly CompanyOption[];
  isGlobalAdmin: boolean;
  /** Companies in which company administrators may be made. */
  managedCompanyIds: readonly number[];
  /** Mail is set up. */
  canInvite: boolean;
  actions: UserActions;
}

function useFilters({ company, companies, isGlobalAdmin }: UsersViewProps): ListFilter[] {
  const t = useTranslations("users");
  const word = useWords("roles");
  const globalRoles = GLOBAL_ROLES.slice(isGlobalAdmin ? 0 : 1);
  return [
    {
      name: "state",
      label: t("state"),
      choices: [
        { value: "active", label: t("active") },
        { value: "inactive", label: t("inactive") },
        { value: "waiting", label: t("waitingForActivation") },
        { value: "invited", label: t("invited") },
      ],
    },
    ...(company
      ? []
      : [
          {
            name: "role",
            label: t("globalRole"),
            choices: globalRoles.map((value) => ({ value, label: word(globalRoleText(value)) })),
          },
        ]),
    ...(company || companies.length < 2
      ? []
      : [
          {
            name: "company",
            label: t("company"),
            choices: companies.map(({ id, name }) => ({ value: String(id), label: name })),
          },
        ]),
    {
      name: "companyRole",
      label: t("companyRole"),
      choices: COMPANY_ROLES.map((value) => ({ value, label: word(companyRoleText(value)) })),
    },
    {
      name: "mfa",
      label: t("twoFactor"),
      choices: [
        { value: "on", label: t("on") },
        { value: "off", label: t("off") },
      ],
    },
  ];
}

/** Users of the portal, or the members of one company. */
export function UsersView(props: UsersViewProps) {
  const t = useTranslations("users");
  const { users, found, waiting, nextCursor, zone, company } = props;
  const url = useListUrl();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const baseHref = company ? `/${company.id}/members` : "/admin/users";
  const isOneCompany = company !== undefined;
  const columns = useUserColumns({ users, zone, baseHref, isOneCompany, chosen, onChoose: setChosen });
  const filters = useFilters(props);
  const title = company ? t("membersTitle") : t("title");
  const isFiltered = filters.some(({ name }) => url.get(name)) || url.get("q") !== "";
  return (
    <>
      <PageHeader
        title={title}
        description={company ? t("membersDescription", { company: company.name }) : t("description")}
        actions={<HeaderButtons {...props} />}
      />
      {waiting > 0 && !company && url.get("state") !== "waiting" && (
        <WaitingAlert count={waiting} way={url.link({ state: "waiting" })} />
      )}
      <ListTable
        url={url}
        label={title}
        name={company ? "members" : "users"}
        columns={columns}
        rows={users}
        getRowId={({ id }) => String(id)}
        sort={{ columnId: "username", direction: "asc" }}
        toolbar={<ListToolbar url={url} label={t("search")} filters={filters} />}
        exportMenu={(columns) => <UsersExport {...{ columns, company }} query={props.exportQuery} />}
        filters={filterChipsOf(url, filters)}
        count={{
          total: found,
          noun: company ? [t("oneMember"), t("manyMembers")] : [t("oneUser"), t("manyUsers")],
        }}
        pager={cursorPager(url, nextCursor)}
        empty={
          <NothingYet
            isFiltered={isFiltered}
            icon={Users}
            title={company ? t("noMembers") : t("noUsers")}
            description={t("noneNote")}
          />
        }
      />
      <UsersBulkBar {...{ users, chosen }} actions={props.actions} onChoose={setChosen} />
    </>
  );
}

interface UsersExportProps extends Pick<UsersViewProps, "company"> {
  query: string;
  columns: string[];
}

/** A company's members come from the read API; the portal's users have files of their own. */
function UsersExport({ company, query, columns }: UsersExportProps) {
  if (!company) return <ExportMenu path="/admin/users/export" query={query} />;
  return <ExportMenu report="members" companyRef={String(company.id)} query={query} columns={columns} />;
}

/** Who registered and can't sign in before an administrator activates them. */
function WaitingAlert({ count, way }: { count: number; way: Step }) {
  const t = useTranslations("users");
  return (
    <Alert variant="warning">
      <UserPlus aria-hidden />
      <AlertDescription className="flex flex-wrap items-center gap-3">
        {t("waitingCount", { count })}
        <LinkButton {...way} size="sm">
          {t("showWaiting")}
        </LinkButton>
      </AlertDescription>
    </Alert>
  );
}

function HeaderButtons(props: UsersViewProps) {
  const { company, companies, isGlobalAdmin, managedCompanyIds, canInvite, zone, actions } = props;
  return (
    <>
      {company && (
        <AddMember
          company={company}
          mayMakeAdmin={managedCompanyIds.includes(company.id)}
          action={actions.addMemberAction}
        />
      )}
      <CreateUser
        company={company}
        companies={companies}
        isGlobalAdmin={isGlobalAdmin}
        managedCompanyIds={managedCompanyIds}
        canInvite={canInvite}
        zone={zone}
        action={actions.createUserAction}
      />
    </>
  );
}

interface UsersBulkBarProps extends Choice<number> {
  users: readonly UserView[];
  actions: UserActions;
}

/** What can be done with the chosen users at once. */
function UsersBulkBar({ users, actions, ...choice }: UsersBulkBarProps) {
  const t = useTranslations("users");
  const ids = users.filter(({ can }) => can.activate).map(({ id }) => id);
  const userIds = ids.filter((id) => choice.chosen.has(id));
  const said = (key: "activated" | "deactivated") => (result: { changed: number } | undefined) =>
    t(key, { count: result?.changed ?? 0 });
  const onDone = () => choice.onChoose(new Set());
  const common = { size: "sm", action: actions.setUsersActiveAction, onDone } as const;
  return (
    <BulkBar label={t("selectedUsers")} ids={ids} {...choice}>
      <ActionButton {...common} hidden={{ userIds, isActive: "true" }} done={said("activated")}>
        {t("activate")}
      </ActionButton>
      <DialogButton
        {...common}
        label={t("deactivate")}
        title={t("deactivateTitle", { count: userIds.length })}
        description={t("deactivateNote", { count: userIds.length })}
        hidden={{ userIds, isActive: "false" }}
        isDestructive
        done={said("deactivated")}
      />
    </BulkBar>
  );
}
