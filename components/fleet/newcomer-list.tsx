"use client";

import { NameLink } from "@/components/lists/name-link";
import { RelativeTime } from "@/components/time/relative-time";
import type { Newcomer } from "@/lib/services/fleet/read-newcomers";

/** Computers that reported for the first time, newest first. */
export function NewcomerList({
  label,
  computers,
  zone,
}: {
  label: string;
  computers: readonly Newcomer[];
  zone: string;
}) {
  return (
    <ul aria-label={label} className="grid gap-1.5 text-sm">
      {computers.map(({ companyId, id, name, siteName, firstSeenAt }) => (
        <li key={`${companyId}/${id}`} className="flex min-w-0 flex-wrap items-baseline gap-x-2">
          <NameLink href={`/${companyId}/computers/${id}`} name={name} className="font-medium" />
          <span className="min-w-0 text-muted-foreground wrap-anywhere">
            {siteName && <>{siteName}, </>}
            <RelativeTime at={firstSeenAt} zone={zone} />
          </span>
        </li>
      ))}
    </ul>
  );
}
