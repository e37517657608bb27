"use client";

import { useTranslations } from "next-intl";
import { useMemo } from "react";
import { TextLink } from "@/components/ui/text-link";
import type { DataTableColumn } from "@/components/data-table/column";
import { chooseColumn, type Choice } from "@/components/lists/choose-column";
import { RelativeTime } from "@/components/time/relative-time";
import { useWords } from "@/components/ui/use-words";
import type { UserView } from "@/lib/services/users/read-users";
import { companyRoleText, globalRoleText } from "@/lib/domain/actor";
import { InvitationText } from "./invitation";
import { TwoFactorState, UserStateBadge } from "./user-badges";

interface ColumnOptions extends Choice<number> {
  /** Those of the page. */
  users: readonly UserView[];
  zone: string;
  baseHref: string;
  /** On the page of one company the role there is what counts. */
  isOneCompany: boolean;
}

export function useUserColumns(options: ColumnOptions): DataTableColumn<UserView>[] {
  const t = useTranslations("users");
  const word = useWords("roles");
  const { users, zone, baseHref, isOneCompany, chosen, onChoose } = options;
  return useMemo(
    (): DataTableColumn<UserView>[] => [
      chooseColumn<UserView, number>({
        rows: users,
        mayChoose: ({ can }) => can.activate,
        refusal: t("cantSelect"),
        labelOf: ({ username }) => t("selectUser", { username }),
        chosen,
        onChoose,
        className: "w-10 max-md:absolute max-md:end-3 max-md:top-3 max-md:w-auto",
      }),
      {
        id: "username",
        header: t("user"),
        isIdentity: true,
        cell: (user) => <UserLink user={user} baseHref={baseHref} />,
      },
      { id: "email", header: t("email"), cell: ({ email }) => email },
      { id: "state", header: t("state"), cell: (user) => <State user={user} zone={zone} /> },
      isOneCompany
        ? {
            id: "companyRole",
            header: t("role"),
            exportIds: ["role"],
            cell: ({ memberships: [own] }) => (own ? word(companyRoleText(own.role)) : "–"),
          }
        : { id: "companies", header: t("companies"), cell: (user) => <Companies user={user} /> },
      {
        id: "role",
        header: t("globalRole"),
        exportIds: ["globalRole"],
        isHiddenAtFirst: isOneCompany,
        cell: ({ globalRole }) => word(globalRoleText(globalRole)),
      },
      { id: "mfa", header: t("twoFactor"), cell: (user) => <TwoFactorState user={user} /> },
      {
        id: "last",
        header: t("lastSignIn"),
        exportIds: ["lastSignIn"],
        cell: ({ lastSignInAt }) =>
          lastSignInAt === null ? t("never") : <RelativeTime at={lastSignInAt} zone={zone} />,
      },
      {
        id: "created",
        header: t("created"),
        isHiddenAtFirst: true,
        cell: ({ createdAt }) => <RelativeTime at={createdAt} zone={zone} />,
      },
    ],
    [t, word, users, zone, baseHref, isOneCompany, chosen, onChoose],
  );
}

function UserLink({ user, baseHref }: { user: UserView; baseHref: string }) {
  const t = useTranslations("users");
  return (
    <TextLink href={`${baseHref}/${user.id}`} className="font-medium wrap-anywhere">
      {user.username}
      {user.isSelf && <span className="font-normal text-muted-foreground"> {t("you")}</span>}
    </TextLink>
  );
}

function State({ user, zone }: { user: UserView; zone: string }) {
  if (!user.invitation || !user.isActive) return <UserStateBadge user={user} />;
  return <InvitationText invitation={user.invitation} zone={zone} />;
}

function Companies({ user }: { user: UserView }) {
  const t = useTranslations("users");
  const word = useWords("roles");
  const [first, ...others] = user.memberships;
  if (!first) return <>–</>;
  const named = ({ companyName, role }: UserView["memberships"][number]) =>
    t("companyWithRole", { company: companyName, role: word(companyRoleText(role)) });
  if (others.length === 0) return <span title={named(first)}>{first.companyName}</span>;
  return (
    <details>
      <summary title={user.memberships.map(named).join(", ")}>
        {t.rich("companiesMore", {
          company: first.companyName,
          count: others.length,
          more: (words) => <span className="text-muted-foreground">{words}</span>,
        })}
      </summary>
      <ul className="text-muted-foreground">
        {user.memberships.map((membership) => (
          <li key={membership.companyId}>{named(membership)}</li>
        ))}
      </ul>
    </details>
  );
}
