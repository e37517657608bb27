import { formatNumber } from "@/components/ui/format-number";
import { useTranslations } from "next-intl";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { PageHeader } from "@/components/layout/page-header";
import { ExactTime } from "@/components/time/exact-time";
import { formatDateTime } from "@/components/time/format";
import { ZoneLabel } from "@/components/time/zone-label";
import { Badge } from "@/components/ui/badge";
import { TitledCard } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { TextLink } from "@/components/ui/text-link";
import { useWords } from "@/components/ui/use-words";
import { alertText, ruleTitle, stateText } from "@/lib/domain/detections/alert";
import { deletedName } from "@/lib/domain/detections/deleted-name";
import { BURST_RULES, findRule } from "@/lib/domain/detections/rules";
import { formatMinute } from "@/lib/domain/events/event-range";
import { durationText } from "@/lib/domain/detections/words";
import { subjectOf } from "@/lib/domain/reports/alerts";
import type { AlertScreen } from "@/lib/services/detections/read-alert";
import type { AlertActions } from "./alert-actions";
import { SeverityBadge, StateBadge } from "@/components/fleet/alert-badges";
import { AlertMenu, CommentForm } from "./alert-forms";
import { EvidenceCard } from "./evidence-card";

interface AlertViewProps extends AlertScreen {
  companyId: number;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  actions: AlertActions;
}

/** One alert: what was found in words, the events that prove it, what to do, and what was done. */
export function AlertView(props: AlertViewProps) {
  const { alert, companyId, zone, readAt, mayManage, assignees, me, actions } = props;
  const t = useTranslations("alertDetails");
  const word = useWords("ruleTitles", "ruleSentences", "units");
  const title = word(ruleTitle(alert.rule));
  const subject = word(subjectOf(alert));
  const sentence = word(alertText(alert.rule, alert), (at) => formatDateTime(at, zone, "minute"));
  return (
    <>
      <PageCrumbs crumbs={[{ label: title }]} />
      <PageHeader
        title={title}
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <SeverityBadge severity={alert.severity} />
            <StateBadge state={alert.state} />
            {alert.isLate && <Badge variant="outline">{t("arrivedLate")}</Badge>}
            <ZoneLabel zone={zone} at={readAt} />
          </span>
        }
        actions={mayManage && <AlertMenu {...{ alert, subject, companyId, assignees, me, actions }} />}
      />
      <p className="max-w-3xl text-base wrap-anywhere">{sentence}</p>
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,3fr)_minmax(0,2fr)]">
        <EvidenceCard {...props} />
        <div className="grid gap-4">
          <FactsCard {...props} />
          <HistoryCard {...props} />
        </div>
      </div>
    </>
  );
}

function FactsCard({ alert, computers, companyId, zone, mayManage }: AlertViewProps) {
  const t = useTranslations("alertDetails");
  const word = useWords("ruleNextSteps", "ruleQuestions", "ruleSentences", "units");
  const rule = findRule(alert.rule);
  const account = alert.accountId !== null && (
    <TextLink href={`/${companyId}/accounts/${alert.accountId}`}>
      <bdi>{alert.account ?? word(deletedName("accounts", alert.accountId))}</bdi>
    </TextLink>
  );
  const address = alert.address !== null && (
    <TextLink href={failuresHref(companyId, alert.address, alert)}>{alert.address}</TextLink>
  );
  // The sentence says what the others compare with.
  const isBurst = BURST_RULES.some(({ name }) => name === alert.rule);
  const threshold = isBurst
    ? t("thresholdWithin", {
        threshold: alert.threshold,
        duration: word(durationText(alert.windowMinutes * 60_000)),
      })
    : formatNumber(alert.threshold);
  return (
    <TitledCard title={t("whatToDo")} contentClassName="grid gap-4 text-sm">
      {rule && <p>{word(rule.nextStep)}</p>}
      <DescriptionList
        items={[
          { term: t("assignee"), value: <bdi>{alert.assignee ?? t("noOne")}</bdi> },
          { term: t("account"), value: account || null },
          { term: t("address"), value: address || null },
          { term: t("site"), value: siteOf(alert, companyId) },
          { term: t("computers"), value: computerLinks(computers, companyId) },
          { term: t("firstSeen"), value: <ExactTime at={alert.firstAt} zone={zone} /> },
          { term: t("lastSeen"), value: <ExactTime at={alert.lastAt} zone={zone} /> },
          { term: t("count"), value: formatNumber(alert.count) },
          { term: t("threshold"), value: threshold },
          { term: t("question"), value: rule && word(rule.question) },
          { term: "ATT&CK", value: rule && `${rule.technique.id} ${rule.technique.name}` },
        ]}
      />
      <TextLink href={`/${companyId}/alerts/rules#${alert.rule}`} className="w-fit">
        {t(mayManage ? "adjustRule" : "showRule")}
      </TextLink>
    </TitledCard>
  );
}

/** The site that an alert is about; it has no page of its own but the list of its computers. */
function siteOf({ rule, siteId, site }: AlertViewProps["alert"], companyId: number) {
  if (site === null || findRule(rule)?.subject !== "site") return null;
  return (
    <TextLink href={`/${companyId}/computers?site=${siteId}`}>
      <bdi>{site}</bdi>
    </TextLink>
  );
}

const COMPUTERS_NAMED = 10;

const computerLinks = (computers: AlertViewProps["computers"], companyId: number) =>
  computers.length === 0 ? null : <ComputerLinks {...{ computers, companyId }} />;

function ComputerLinks({ computers, companyId }: Pick<AlertViewProps, "computers" | "companyId">) {
  const t = useTranslations("alertDetails");
  const further = computers.slice(COMPUTERS_NAMED);
  const names = (some: AlertViewProps["computers"]) => (
    <ul className="flex flex-wrap gap-x-3 gap-y-1">
      {some.map(({ id, name }) => (
        <li key={id}>
          <TextLink href={`/${companyId}/computers/${id}`}>
            <bdi>{name}</bdi>
          </TextLink>
        </li>
      ))}
    </ul>
  );
  return (
    <div className="grid gap-1">
      {names(computers.slice(0, COMPUTERS_NAMED))}
      {further.length > 0 && (
        <details>
          <summary className="w-fit cursor-pointer text-muted-foreground">
            {t("moreComputers", { count: further.length })}
          </summary>
          {names(further)}
        </details>
      )}
    </div>
  );
}

const MINUTE_MS = 60_000;

/** The failed logons from the address while the alert's events happened. */
function failuresHref(companyId: number, address: string, { firstAt, lastAt }: AlertScreen["alert"]): string {
  const [from, to] = [formatMinute(firstAt), formatMinute(lastAt + MINUTE_MS)];
  return `/${companyId}/failures?${new URLSearchParams({ address, from, to })}`;
}

function HistoryCard({ alert, history, companyId, zone, mayManage, actions }: AlertViewProps) {
  const t = useTranslations("alertDetails");
  return (
    <TitledCard title={t("history")} contentClassName="grid gap-4 text-sm">
      <ol aria-label={t("history")} className="grid gap-3">
        <li>{t.rich("detected", { time: () => <PastTime at={alert.createdAt} zone={zone} /> })}</li>
        {history.map((entry) => (
          <li key={entry.id} className="wrap-anywhere">
            <HistoryLine entry={entry} zone={zone} />
            {entry.comment && <span className="block whitespace-pre-wrap">{entry.comment}</span>}
          </li>
        ))}
      </ol>
      {mayManage && (
        <CommentForm alertId={alert.id} companyId={companyId} action={actions.commentAlertAction} />
      )}
    </TitledCard>
  );
}

function PastTime({ at, zone }: { at: number; zone: string }) {
  return <ExactTime at={at} zone={zone} className="text-muted-foreground" />;
}

/** When who did what. Each entry is of one kind: a state, an assignment, or a comment alone. */
function HistoryLine({ entry, zone }: { entry: AlertViewProps["history"][number]; zone: string }) {
  const t = useTranslations("alertDetails");
  const word = useWords("alertStates");
  const { at, state, assignedTo } = entry;
  const user = entry.user ?? t("someone");
  const time = () => <PastTime at={at} zone={zone} />;
  if (state !== null) return t.rich("stateSet", { time, user, state: word(stateText(state)) });
  if (assignedTo === null) return t.rich("commented", { time, user });
  return assignedTo === ""
    ? t.rich("unassigned", { time, user })
    : t.rich("assigned", { time, user, assignee: assignedTo });
}
