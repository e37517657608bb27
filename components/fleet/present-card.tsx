import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { PresenceStateBadge } from "@/components/events/presence-state";
import { EventAge } from "@/components/time/event-age";
import { TitledCard } from "@/components/ui/card";
import type { PresentPerson } from "@/lib/services/dashboard/read-dashboard";

interface PresentCardProps {
  title: string;
  /** What an entry is named by, and leads to. */
  by: "account" | "computer";
  places: readonly PresentPerson[];
  /** Shown without any places. */
  none: string;
  zone: string;
}

/** Who is signed in to a computer now, or where an account is. */
export function PresentCard({ title, by, places, none, zone }: PresentCardProps) {
  const t = useTranslations("fleet");
  return (
    <TitledCard title={title} contentClassName="px-0">
      {places.length === 0 ? (
        <p className="px-4 text-sm text-muted-foreground">{none}</p>
      ) : (
        <ul aria-label={title} data-print="expand" className="max-h-96 divide-y overflow-y-auto text-sm">
          {places.map((place) => (
            <li
              key={`${place.accountId}-${place.computerId}`}
              className="flex items-center justify-between gap-3 px-4 py-2"
            >
              <Link
                href={
                  by === "account"
                    ? `/${place.companyId}/accounts/${place.accountId}`
                    : `/${place.companyId}/computers/${place.computerId}`
                }
                className="min-w-0 truncate font-medium hover:underline"
              >
                {by === "account" ? place.userName : place.computerName}
              </Link>
              <span className="flex shrink-0 items-center gap-2 text-xs text-muted-foreground">
                <span>{t.rich("since", { time: () => <EventAge at={place.sinceAt} zone={zone} /> })}</span>
                <PresenceStateBadge state={place.isActive ? "active" : "locked"} />
              </span>
            </li>
          ))}
        </ul>
      )}
    </TitledCard>
  );
}
