"use client";

import { Link } from "@/components/ui/link";
import type { DataTableColumn } from "@/components/data-table/column";
import { RelativeTime } from "@/components/time/relative-time";
import { Checkbox } from "@/components/ui/checkbox";
import type { UserView } from "@/lib/services/users/read-users";
import { COMPANY_ROLE_LABEL, GLOBAL_ROLE_LABEL } from "@/lib/domain/actor";
import { InvitationText } from "./invitation";
import { mfaText, UserStateBadge } from "./user-badges";

interface ColumnOptions {
  zone: string;
  baseHref: string;
  /** On the page of one company the role there is what counts. */
  isOneCompany: boolean;
  chosen: ReadonlySet<number>;
  onChoose: (chosen: ReadonlySet<number>) => void;
}

export function userColumns(options: ColumnOptions): DataTableColumn<UserView>[] {
  const { zone, baseHref, isOneCompany } = options;
  return [
    {
      id: "choose",
      header: "Choose",
      cell: (user) => <ChooseBox user={user} {...options} />,
      className: "w-10",
    },
    {
      id: "username",
      header: "User",
      isIdentity: true,
      cell: (user) => (
        <Link href={`${baseHref}/${user.id}`} className="font-medium text-link hover:underline">
          {user.username}
          {user.isSelf && <span className="font-normal text-muted-foreground"> (you)</span>}
        </Link>
      ),
    },
    { id: "email", header: "E-mail", cell: ({ email }) => email },
    { id: "state", header: "State", cell: (user) => <State user={user} zone={zone} /> },
    isOneCompany
      ? {
          id: "companyRole",
          header: "Role here",
          cell: ({ memberships }) => COMPANY_ROLE_LABEL[memberships[0]?.role ?? ""] ?? "–",
        }
      : { id: "companies", header: "Companies", cell: (user) => <Companies user={user} /> },
    {
      id: "role",
      header: "Global role",
      isHiddenAtFirst: isOneCompany,
      cell: ({ globalRole }) => GLOBAL_ROLE_LABEL[globalRole] ?? globalRole,
    },
    { id: "mfa", header: "Two-factor authentication", cell: (user) => mfaText(user) },
    {
      id: "last",
      header: "Last sign-in",
      cell: ({ lastSignInAt }) =>
        lastSignInAt === null ? "Never" : <RelativeTime at={lastSignInAt} zone={zone} />,
    },
    {
      id: "created",
      header: "Created",
      isHiddenAtFirst: true,
      cell: ({ createdAt }) => <RelativeTime at={createdAt} zone={zone} />,
    },
  ];
}

function State({ user, zone }: { user: UserView; zone: string }) {
  if (!user.invitation || !user.isActive) return <UserStateBadge user={user} />;
  return <InvitationText invitation={user.invitation} zone={zone} />;
}

function ChooseBox({ user, chosen, onChoose }: ColumnOptions & { user: UserView }) {
  return (
    <Checkbox
      aria-label={`Choose ${user.username}`}
      checked={chosen.has(user.id)}
      disabled={!user.can.activate}
      title={user.can.activate ? undefined : "You cannot activate or deactivate this account."}
      onCheckedChange={(isChosen) => {
        const next = new Set(chosen);
        if (isChosen === true) next.add(user.id);
        else next.delete(user.id);
        onChoose(next);
      }}
    />
  );
}

function Companies({ user }: { user: UserView }) {
  const [first, ...others] = user.memberships;
  if (!first) return <>–</>;
  const all = user.memberships
    .map(({ companyName, role }) => `${companyName} (${COMPANY_ROLE_LABEL[role] ?? role})`)
    .join(", ");
  return (
    <span title={all}>
      {first.companyName}
      {others.length > 0 && <span className="text-muted-foreground"> and {others.length} more</span>}
    </span>
  );
}
