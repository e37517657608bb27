import { PresenceStateBadge } from "@/components/events/presence-state";
import { Link } from "@/components/ui/link";
import { Duration } from "@/components/time/duration";
import { ExactTime } from "@/components/time/exact-time";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import type { WhoWasOnRow } from "@/lib/domain/reports/who-was-on";
import { uncertainReason } from "@/lib/domain/time-spent/uncertain-reason";
import { ianaZone, localDateOf } from "@/lib/domain/zones";
import { EventLink } from "@/components/events/event-link";

interface PresenceCardProps {
  row: WhoWasOnRow;
  /** The moment and when it was read, epoch milliseconds. */
  at: number;
  readAt: number;
  zone: string;
  companyRef: string;
  isManyCompanies: boolean;
}

/** An account on a computer: its state, since when and until when, and the events that prove it. */
export function PresenceCard({ row, at, readAt, zone, companyRef, isManyCompanies }: PresenceCardProps) {
  const { accountId, computerId, state, since, until, opened, closed } = row;
  // How long a pause lasted that nothing ended is not known.
  const length = until === null ? (state === "active" ? readAt - since : null) : until - since;
  const dayHref = `/${companyRef}/time-spent/${accountId}/${localDateOf(at, ianaZone(zone))}`;
  return (
    <Card>
      <CardHeader>
        <CardTitle className="wrap-anywhere">
          <Link href={`/${companyRef}/accounts/${accountId}`} className="text-link hover:underline">
            {row.userName}
          </Link>{" "}
          on{" "}
          <Link href={`/${companyRef}/computers/${computerId}`} className="text-link hover:underline">
            {row.computerName}
          </Link>
        </CardTitle>
        <CardDescription>
          {[isManyCompanies && row.companyName, row.siteName].filter(Boolean).join(", ")}
        </CardDescription>
        <CardAction>
          <PresenceStateBadge state={state} />
        </CardAction>
      </CardHeader>
      <CardContent className="grid gap-4 text-sm">
        <DescriptionList
          items={[
            { term: "Since", value: <ExactTime at={since} zone={zone} className="tabular" /> },
            {
              term: "Until",
              value:
                until === null ? openWords(state) : <ExactTime at={until} zone={zone} className="tabular" />,
            },
            { term: "For", value: length !== null && <Duration seconds={length / 1000} /> },
          ]}
        />
        {state === "uncertain" && <p className="text-muted-foreground">{uncertainReason(closed?.kind)}</p>}
        <section aria-label={`Proof for ${row.userName} on ${row.computerName}`} className="grid gap-1.5">
          <h3 className="font-medium">Proof</h3>
          <ul className="grid gap-1.5">
            <li>
              <EventLink event={opened} zone={zone} companyRef={companyRef} />
            </li>
            <li>
              {closed ? (
                <EventLink event={closed} zone={zone} companyRef={companyRef} />
              ) : (
                <span className="text-muted-foreground">No event that ended it has come yet</span>
              )}
            </li>
          </ul>
        </section>
        <Link href={dayHref} className="w-fit text-link hover:underline">
          Timeline of the day
        </Link>
      </CardContent>
    </Card>
  );
}

function openWords(state: WhoWasOnRow["state"]): string {
  return state === "locked" ? "No end of the pause is known" : "Still on";
}
