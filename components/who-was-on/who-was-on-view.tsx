import { CalendarClock, UserSearch } from "lucide-react";
import { TableMenus } from "@/components/saved-views/table-menus";
import { PageHeader } from "@/components/layout/page-header";
import { IgnoredNotice } from "@/components/lists/ignored-notice";
import { formatDateTime } from "@/components/time/format";
import { ZoneLabel } from "@/components/time/zone-label";
import { Card, CardContent } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import type { WhoWasOnScreen } from "@/lib/services/reports/who-was-on-screen";
import { EventLink } from "@/components/events/event-link";
import { MomentForm } from "./moment-form";
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
  const chosen = subjectWords(screen, companyNames);
  return (
    <>
      <PageHeader
        title="Who was on"
        description={<ZoneLabel zone={zone} at={at} />}
        actions={
          chosen !== null &&
          !screen.isFuture && (
            <TableMenus report="who-was-on" companyRef={companyRef} query={exportQuery(screen, zone)} />
          )
        }
      />
      <WhoWasOnTabs companyRef={companyRef} current="moment" />
      <IgnoredNotice ignored={ignored} />
      <MomentForm companyRef={companyRef} chosen={chosen} at={at} readAt={readAt} zone={zone} />
      {account === null && computer === null ? (
        <Nothing
          icon={UserSearch}
          title="Who was on a computer, or where was an account?"
          description="Pick a computer or an account and a time. We'll show the events that prove it."
        />
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
  const { rows, at, isFuture, account, computer } = screen;
  const when = formatDateTime(at, zone, "minute");
  if (isFuture) {
    return (
      <Nothing
        icon={CalendarClock}
        title="This moment is still to come"
        description="Choose one that has passed, or now."
      />
    );
  }
  if (rows.length === 0) {
    const title =
      computer === null
        ? `${account!.name} was on no computer`
        : account === null
          ? `Nobody was on ${computer.name}`
          : `${account.name} was not on ${computer.name}`;
    return <NobodyOn screen={screen} title={`${title}, ${when}`} zone={zone} companyRef={companyRef} />;
  }
  return (
    <section aria-label="Answer" className="grid gap-3">
      <h2 className="text-base font-semibold wrap-anywhere">
        {chosen}, {when}: {countWords(rows.length, account === null)}
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

function countWords(count: number, isOfAccounts: boolean): string {
  const noun = isOfAccounts ? "account" : "computer";
  return `${count.toLocaleString("en")} ${noun}${count === 1 ? "" : "s"}`;
}

/** What is asked about; null for nothing yet. */
function subjectWords(
  { account, computer }: WhoWasOnScreen,
  companyNames: Readonly<Record<number, string>> | undefined,
): string | null {
  const subject = account ?? computer;
  if (subject === null) return null;
  const names = account && computer ? `${account.name} on ${computer.name}` : subject.name;
  const company = companyNames?.[subject.companyId];
  return company === undefined ? names : `${names}, ${company}`;
}

/** The moment as it was read, so that a file of "now" says what the page says. */
function exportQuery({ at, account, computer }: WhoWasOnScreen, zone: string): string {
  const params = new URLSearchParams({ at: new Date(at).toISOString(), tz: zone });
  if (account) params.set("account", String(account.id));
  if (computer) params.set("computer", String(computer.id));
  return params.toString();
}

interface NobodyOnProps {
  screen: WhoWasOnScreen;
  title: string;
  zone: string;
  companyRef: string;
}

function NobodyOn({ screen, title, zone, companyRef }: NobodyOnProps) {
  const { before, after } = screen.neighbours ?? { before: null, after: null };
  const around = [
    { words: "Last event before", event: before },
    { words: "First event after", event: after },
  ];
  return (
    <Nothing icon={UserSearch} title={title} description={quietWords(before !== null || after !== null)}>
      <ul className="grid gap-2 text-left text-sm">
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

function quietWords(isSomethingNear: boolean): string {
  return isSomethingNear
    ? "No session held this moment. These events lie nearest to it."
    : "No session held this moment, and nothing was heard in the 31 days before and after it.";
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
