import { useTranslations } from "next-intl";
import { PresenceStateBadge } from "@/components/events/presence-state";
import { dayHref } from "@/components/lists/day-href";
import { TextLink } from "@/components/ui/text-link";
import { Duration } from "@/components/time/duration";
import { ExactTime } from "@/components/time/exact-time";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { useWords } from "@/components/ui/use-words";
import type { WhoWasOnRow } from "@/lib/domain/reports/who-was-on";
import { uncertainReason } from "@/lib/domain/time-spent/uncertain-reason";
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
  const t = useTranslations("whoWasOnAnswer");
  const word = useWords("timeSpentDay");
  const { accountId, computerId, state, since, until, opened, closed } = row;
  // How long a pause lasted that nothing ended is not known.
  const length = until === null ? (state === "active" ? readAt - since : null) : until - since;
  return (
    <Card>
      <CardHeader>
        <CardTitle className="wrap-anywhere">
          {t.rich("cardTitle", {
            account: () => <TextLink href={`/${companyRef}/accounts/${accountId}`}>{row.userName}</TextLink>,
            computer: () => (
              <TextLink href={`/${companyRef}/computers/${computerId}`}>{row.computerName}</TextLink>
            ),
          })}
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
            { term: t("since"), value: <ExactTime at={since} zone={zone} className="tabular" /> },
            {
              term: t("until"),
              value:
                until === null ? (
                  t(state === "locked" ? "lockOpen" : "stillOn")
                ) : (
                  <ExactTime at={until} zone={zone} className="tabular" />
                ),
            },
            { term: t("duration"), value: length !== null && <Duration seconds={length / 1000} /> },
          ]}
        />
        {state === "uncertain" && (
          <p className="text-muted-foreground">{word(uncertainReason(closed?.kind))}</p>
        )}
        <section
          aria-label={t("proofFor", { account: row.userName, computer: row.computerName })}
          className="grid gap-1.5"
        >
          <h3 className="font-medium">{t("proof")}</h3>
          <ul className="grid gap-1.5">
            <li>
              <EventLink event={opened} zone={zone} companyRef={companyRef} />
            </li>
            <li>
              {closed ? (
                <EventLink event={closed} zone={zone} companyRef={companyRef} />
              ) : (
                <span className="text-muted-foreground">{t("notEnded")}</span>
              )}
            </li>
          </ul>
        </section>
        <TextLink href={dayHref(companyRef, accountId, at, zone)} className="w-fit">
          {t("timeline")}
        </TextLink>
      </CardContent>
    </Card>
  );
}
