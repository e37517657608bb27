"use client";

import { Users } from "lucide-react";
import { useTranslations } from "next-intl";
import type { FormAction } from "@/lib/domain/form-result";
import { ListSearch } from "@/components/lists/list-filters";
import { useListUrl } from "@/components/lists/use-list-url";
import { RelativeTime } from "@/components/time/relative-time";
import { Badge } from "@/components/ui/badge";
import { TitledCard } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { Person } from "@/lib/services/privacy/persons";
import { AccountPrivacyActions } from "./account-privacy-actions";

interface PeopleCardProps {
  companyId: number;
  persons: readonly Person[];
  hasMore: boolean;
  search: string;
  zone: string;
  eraseAction: FormAction<{ accountId: number }>;
}

/** The accounts of the company, to answer a person's request: what is held, and its erasure. */
export function PeopleCard({ companyId, persons, hasMore, search, zone, eraseAction }: PeopleCardProps) {
  const t = useTranslations("privacyRequests");
  const url = useListUrl();
  return (
    <TitledCard title={t("title")} description={t("note")} contentClassName="grid gap-3">
      <ListSearch url={url} label={t("search")} />
      {persons.length === 0 ? (
        <EmptyState
          icon={Users}
          title={search ? t("noMatch") : t("none")}
          description={search ? t("noMatchNote") : t("noneNote")}
        />
      ) : (
        <ul aria-label={t("accounts")} aria-busy={url.isPending || undefined} className="divide-y">
          {persons.map((person) => (
            <li
              key={person.accountId}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5"
            >
              <div className="min-w-0 text-sm">
                <p className="font-medium wrap-anywhere">
                  {person.name} {person.erasedAt !== null && <Badge variant="outline">{t("erased")}</Badge>}
                </p>
                <p className="text-xs text-muted-foreground">
                  {t.rich("lastSeen", { time: () => <RelativeTime at={person.lastSeenAt} zone={zone} /> })}
                </p>
              </div>
              <AccountPrivacyActions
                companyId={companyId}
                accountId={person.accountId}
                name={person.name}
                isErased={person.erasedAt !== null}
                eraseAction={eraseAction}
              />
            </li>
          ))}
        </ul>
      )}
      {hasMore && <p className="text-sm text-muted-foreground">{t("hasMore")}</p>}
    </TitledCard>
  );
}
