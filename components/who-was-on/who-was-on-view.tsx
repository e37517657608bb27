import { CalendarClock, UserSearch } from "lucide-react";
import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/layout/page-header";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import { formatDateTime } from "@/components/time/format";
import { ZoneLabel } from "@/components/time/zone-label";
import { Card, CardContent } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { WhoWasOnScreen } from "@/lib/services/reports/who-was-on-screen";
import { EventLink } from "@/components/events/event-link";
import { MomentForm } from "./moment-form";
import { MomentMenus } from "./moment-menus";
import { PresenceCard } from "./presence-card";
import { WhoWasOnTabs } from "./who-was-on-tabs";

interface WhoWasOnViewProps {
  screen: WhoWasOnScreen;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  ignored: readonly string[];
  companyRef: string;
  /** Given when several companies are in view. */
  companyNames?: Readonly<Record<number, string>>;
}

/** Who was on a computer at a moment, or where an account was. */
export function WhoWasOnView(props: WhoWasOnViewProps) {
  const { screen, zone, readAt, ignored, companyRef, companyNames } = props;
  const { at, account, computer } = screen;
  const t = useTranslations("whoWasOn");
  const answer = useTranslations("whoWasOnAnswer");
  const chosen = subjectWords(answer, screen, companyNames);
  return (
    <>
      <PageHeader
        title={t("title")}
        description={<ZoneLabel zone={zone} at={at} />}
        actions={
          chosen !== null &&
          !screen.isFuture && <MomentMenus companyRef={companyRef} at={at} zone={zone} ignored={ignored} />
        }
      />
      <WhoWasOnTabs companyRef={companyRef} current="moment" />
      <IgnoredNotice ignored={ignored} />
      <MomentForm companyRef={companyRef} chosen={chosen} at={at} readAt={readAt} zone={zone} />
      {account === null && computer === null ? (
        <Nothing icon={UserSearch} title={answer("question")} description={answer("questionNote")} />
      ) : (
        <Answer {...props} chosen={chosen!} />
      )}
    </>
  );
}

function Answer({
  screen,
  zone,
  readAt,
  companyRef,
  companyNames,
  chosen,
}: WhoWasOnViewProps & { chosen: string }) {
  const { rows, at, isFuture, account } = screen;
  const t = useTranslations("whoWasOn");
  const answer = useTranslations("whoWasOnAnswer");
  const time = formatDateTime(at, zone, "minute");
  if (isFuture) {
    return <Nothing icon={CalendarClock} title={t("future")} description={t("futureNote")} />;
  }
  if (rows.length === 0) {
    return (
      <NobodyOn screen={screen} title={noneWords(answer, screen, time)} zone={zone} companyRef={companyRef} />
    );
  }
  return (
    <section aria-label={answer("answer")} className="grid gap-3">
      <h2 className="text-base font-semibold wrap-anywhere">
        {answer(account === null ? "accountsOn" : "computersOf", {
          subject: chosen,
          time,
          count: rows.length,
        })}
      </h2>
      <div className="grid items-start gap-4 lg:grid-cols-2 2xl:grid-cols-3">
        {rows.map((row) => (
          <PresenceCard
            key={`${row.accountId} ${row.computerId}`}
            row={row}
            at={at}
            readAt={readAt}
            zone={zone}
            companyRef={companyRef}
            isManyCompanies={companyNames !== undefined}
          />
        ))}
      </div>
    </section>
  );
}

type T = ReturnType<typeof useTranslations<"whoWasOnAnswer">>;

function noneWords(t: T, { account, computer }: WhoWasOnScreen, time: string): string {
  if (computer === null) return t("accountNowhere", { account: account!.name, time });
  if (account === null) return t("computerEmpty", { computer: computer.name, time });
  return t("accountNotOn", { account: account.name, computer: computer.name, time });
}

/** What is asked about; null for nothing yet. */
function subjectWords(
  t: T,
  { account, computer }: WhoWasOnScreen,
  companyNames: Readonly<Record<number, string>> | undefined,
): string | null {
  const subject = account ?? computer;
  if (subject === null) return null;
  const names =
    account && computer ? t("accountOn", { account: account.name, computer: computer.name }) : subject.name;
  const company = companyNames?.[subject.companyId];
  return company === undefined ? names : `${names}, ${company}`;
}

interface NobodyOnProps {
  screen: WhoWasOnScreen;
  title: string;
  zone: string;
  companyRef: string;
}

function NobodyOn({ screen, title, zone, companyRef }: NobodyOnProps) {
  const t = useTranslations("whoWasOnAnswer");
  const { before, after } = screen.neighbours ?? { before: null, after: null };
  const around = [
    { words: t("before"), event: before },
    { words: t("after"), event: after },
  ];
  return (
    <Nothing icon={UserSearch} title={title} description={t(before || after ? "nearest" : "quiet")}>
      <ul className="grid gap-2 text-start text-sm">
        {around.map(
          ({ words, event }) =>
            event && (
              <li key={words} className="grid gap-0.5">
                <span className="text-muted-foreground">{words}</span>
                <EventLink event={event} zone={zone} companyRef={companyRef} />
              </li>
            ),
        )}
      </ul>
    </Nothing>
  );
}

function Nothing(props: Parameters<typeof EmptyState>[0]) {
  return (
    <Card>
      <CardContent>
        <EmptyState {...props} />
      </CardContent>
    </Card>
  );
}
