"use client";

import { UserPlus, Users } from "lucide-react";
import { Link } from "@/components/ui/link";
import { useMemo, useState } from "react";
import { DataTable } from "@/components/data-table/data-table";
import { PageHeader } from "@/components/layout/page-header";
import { filterChipsOf, ListSearch, ListSelects, type ListFilter } from "@/components/lists/list-filters";
import { NothingYet } from "@/components/lists/nothing-in-range";
import { cursorPager } from "@/components/lists/pager";
import { useListUrl } from "@/components/lists/use-list-url";
import { ActionButton } from "@/components/forms/action-button";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import type { UserView } from "@/lib/services/users/read-users";
import { COMPANY_ROLE_LABEL, GLOBAL_ROLE_LABEL } from "@/lib/domain/actor";
import { AddMember, CreateUser } from "./create-user";
import type { CompanyOption, UserActions } from "./user-actions";
import { userColumns } from "./user-columns";

export interface UsersViewProps {
  users: UserView[];
  found: number;
  waiting: number;
  nextCursor: string | null;
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

function filtersOf({ company, companies, isGlobalAdmin }: UsersViewProps): ListFilter[] {
  const entries = (labels: Record<string, string>) =>
    Object.entries(labels).map(([value, label]) => ({ value, label }));
  const roles = isGlobalAdmin
    ? GLOBAL_ROLE_LABEL
    : { Admin: GLOBAL_ROLE_LABEL.Admin!, User: GLOBAL_ROLE_LABEL.User! };
  return [
    {
      name: "state",
      label: "State",
      choices: [
        { value: "active", label: "Active" },
        { value: "inactive", label: "Inactive" },
        { value: "waiting", label: "Waiting for activation" },
        { value: "invited", label: "Invited" },
      ],
    },
    ...(company ? [] : [{ name: "role", label: "Global role", choices: entries(roles) }]),
    ...(company || companies.length < 2
      ? []
      : [
          {
            name: "company",
            label: "Company",
            choices: companies.map(({ id, name }) => ({ value: String(id), label: name })),
          },
        ]),
    { name: "companyRole", label: "Company role", choices: entries(COMPANY_ROLE_LABEL) },
    {
      name: "mfa",
      label: "Two-factor authentication",
      choices: [
        { value: "on", label: "On" },
        { value: "off", label: "Off" },
      ],
    },
  ];
}

/** Users of the portal, or the members of one company. */
export function UsersView(props: UsersViewProps) {
  const { users, found, waiting, nextCursor, zone, company } = props;
  const url = useListUrl();
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const baseHref = company ? `/${company.id}/members` : "/admin/users";
  const columns = useMemo(
    () => userColumns({ zone, baseHref, isOneCompany: company !== undefined, chosen, onChoose: setChosen }),
    [zone, baseHref, company, chosen],
  );
  const filters = filtersOf(props);
  const isFiltered = filters.some(({ name }) => url.get(name)) || url.get("q") !== "";
  const selected = users.filter(({ id }) => chosen.has(id));
  return (
    <>
      <PageHeader
        title={company ? "Members" : "Users"}
        description={
          company ? `People who may see the events of ${company.name}.` : "People who sign in here."
        }
        actions={<HeaderButtons {...props} />}
      />
      {waiting > 0 && !company && url.get("state") !== "waiting" && (
        <Alert variant="warning">
          <UserPlus aria-hidden />
          <AlertDescription className="flex flex-wrap items-center gap-3">
            {waiting === 1 ? "1 person has" : `${waiting.toLocaleString("en")} people have`} registered and
            cannot sign in before somebody activates them.
            <Button asChild variant="outline" size="sm">
              <Link href={url.href({ state: "waiting" })}>Show who waits</Link>
            </Button>
          </AlertDescription>
        </Alert>
      )}
      <BulkBar selected={selected} actions={props.actions} onDone={() => setChosen(new Set())} />
      <DataTable
        label={company ? "Members" : "Users"}
        storageKey={company ? "winauthmon.members.columns" : "winauthmon.users.columns"}
        columns={columns}
        rows={users}
        getRowId={({ id }) => String(id)}
        sort={{ columnId: "username", direction: "asc" }}
        isPending={url.isPending}
        toolbar={
          <>
            <ListSearch url={url} label="Search name or e-mail" />
            <ListSelects url={url} filters={filters} />
          </>
        }
        filters={filterChipsOf(url, filters)}
        clearFiltersHref={url.pathname}
        count={{ total: found, noun: company ? ["member", "members"] : ["user", "users"] }}
        pager={cursorPager(url, nextCursor)}
        empty={
          <NothingYet
            isFiltered={isFiltered}
            filteredTitle="Nobody matches"
            icon={Users}
            title={company ? "No member yet" : "No user yet"}
            description="Create one, who is invited by mail or gets a temporary password from you."
          />
        }
      />
    </>
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

interface BulkBarProps {
  selected: readonly UserView[];
  actions: UserActions;
  onDone: () => void;
}

/** What can be done with the chosen users at once. */
function BulkBar({ selected, actions, onDone }: BulkBarProps) {
  if (selected.length === 0) return null;
  const userIds = selected.map(({ id }) => id);
  const said = (verb: string) => (result: { changed: number } | undefined) =>
    `${result?.changed ?? 0} ${result?.changed === 1 ? "user" : "users"} ${verb}.`;
  return (
    <section
      aria-label="Chosen users"
      className="flex flex-wrap items-center gap-2 rounded-lg border bg-card px-3 py-2"
    >
      <span className="text-sm">{selected.length} chosen</span>
      <ActionButton
        size="sm"
        action={actions.setUsersActiveAction}
        hidden={{ userIds, isActive: "true" }}
        done={said("activated")}
        onDone={onDone}
      >
        Activate
      </ActionButton>
      <ActionButton
        size="sm"
        variant="outline"
        action={actions.setUsersActiveAction}
        hidden={{ userIds, isActive: "false" }}
        done={said("deactivated")}
        onDone={onDone}
      >
        Deactivate
      </ActionButton>
      <Button size="sm" variant="ghost" onClick={onDone}>
        Clear selection
      </Button>
    </section>
  );
}
