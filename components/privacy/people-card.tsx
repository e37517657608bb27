"use client";

import { Users } from "lucide-react";
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
  const url = useListUrl();
  return (
    <TitledCard
      title="Requests of people"
      description="Find the account to hand over what is held about it, or to erase its name. Both are audited."
      contentClassName="grid gap-3"
    >
      <ListSearch url={url} label="Search accounts" />
      {persons.length === 0 ? (
        <EmptyState
          icon={Users}
          title={search ? "No account of this name" : "No account yet"}
          description={
            search
              ? "Look for a part of the name, as Windows spells it."
              : "Accounts appear with the first events of the agents."
          }
        />
      ) : (
        <ul aria-label="Accounts" aria-busy={url.isPending || undefined} className="divide-y">
          {persons.map((person) => (
            <li
              key={person.accountId}
              className="flex flex-wrap items-center justify-between gap-x-4 gap-y-2 py-2.5"
            >
              <div className="min-w-0 text-sm">
                <p className="font-medium wrap-anywhere">
                  {person.name} {person.erasedAt !== null && <Badge variant="outline">Erased</Badge>}
                </p>
                <p className="text-xs text-muted-foreground">
                  Last seen <RelativeTime at={person.lastSeenAt} zone={zone} />
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
      {hasMore && (
        <p className="text-sm text-muted-foreground">There are more; search to narrow the list down.</p>
      )}
    </TitledCard>
  );
}
