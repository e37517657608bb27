import { EventLink } from "@/components/events/event-link";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { PageHeader } from "@/components/layout/page-header";
import { ExactTime } from "@/components/time/exact-time";
import { formatDateTime } from "@/components/time/format";
import { ZoneLabel } from "@/components/time/zone-label";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { DescriptionList } from "@/components/ui/description-list";
import { Link } from "@/components/ui/link";
import { ALERT_STATE_LABEL, alertSentence, ruleTitle } from "@/lib/domain/detections/alert";
import { BURST_RULES, findRule } from "@/lib/domain/detections/rules";
import { durationWords } from "@/lib/domain/detections/words";
import { failureReasonWords } from "@/lib/domain/failure-reasons";
import type { AlertScreen } from "@/lib/services/detections/read-alert";
import type { AlertActions } from "./alert-actions";
import { SeverityBadge, StateBadge } from "@/components/fleet/alert-badges";
import { AlertMenu, CommentForm } from "./alert-forms";

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
  const title = ruleTitle(alert.rule);
  const sentence = alertSentence(alert.rule, alert, (at) => formatDateTime(at, zone, "minute"));
  return (
    <>
      <PageCrumbs crumbs={[{ label: title }]} />
      <PageHeader
        title={title}
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            <SeverityBadge severity={alert.severity} />
            <StateBadge state={alert.state} />
            {alert.isLate && <Badge variant="outline">Arrived late</Badge>}
            <ZoneLabel zone={zone} at={readAt} />
          </span>
        }
        actions={mayManage && <AlertMenu {...{ alert, companyId, assignees, me, actions }} />}
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

function EvidenceCard({ alert, events, companyId, zone }: AlertViewProps) {
  const missing = alert.eventIds.length - events.length;
  const beyond = alert.count - alert.eventIds.length;
  return (
    <Card>
      <CardHeader>
        <CardTitle>Events that count</CardTitle>
        <CardDescription>
          {events.length === 0 ? "The events were deleted meanwhile." : "In the order they happened."}
          {beyond > 0 && ` The first ${alert.eventIds.length} of ${alert.count.toLocaleString("en")}.`}
          {missing > 0 && events.length > 0 && ` ${missing.toLocaleString("en")} were deleted meanwhile.`}
        </CardDescription>
      </CardHeader>
      <CardContent>
        <ol aria-label="Events that count" className="grid">
          {events.map((event) => (
            <li key={event.id} className="grid gap-0.5 border-b py-2 text-sm last:border-0">
              <EventLink event={event} zone={zone} companyRef={String(companyId)} />
              {event.kind === "logon_failed" && (
                <span className="text-muted-foreground wrap-anywhere">
                  {failureReasonWords(false, event.status ?? "", event.subStatus ?? "")}
                  {event.sourceIp && `, from ${event.sourceIp}`}
                </span>
              )}
            </li>
          ))}
        </ol>
      </CardContent>
    </Card>
  );
}

function FactsCard({ alert, companyId, zone }: AlertViewProps) {
  const rule = findRule(alert.rule);
  const account = alert.accountId !== null && (
    <Link href={`/${companyId}/accounts/${alert.accountId}`} className="text-link hover:underline">
      <bdi>{alert.account}</bdi>
    </Link>
  );
  const failuresHref = `/${companyId}/failures?address=${encodeURIComponent(alert.address ?? "")}`;
  const address = alert.address !== null && (
    <Link href={failuresHref} className="text-link hover:underline">
      {alert.address}
    </Link>
  );
  // The sentence says what the others compare with.
  const isBurst = BURST_RULES.some(({ name }) => name === alert.rule);
  const threshold = `${alert.threshold}${isBurst ? ` within ${durationWords(alert.windowMinutes * 60_000)}` : ""}`;
  return (
    <Card>
      <CardHeader>
        <CardTitle>What to do</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-4 text-sm">
        {rule && <p>{rule.nextStep}</p>}
        <DescriptionList
          items={[
            { term: "Assigned to", value: <bdi>{alert.assignee ?? "Nobody"}</bdi> },
            { term: "Account", value: account || null },
            { term: "Address", value: address || null },
            { term: "Site", value: rule?.subject === "site" ? alert.site : null },
            { term: "Computers", value: <bdi>{alert.computers.slice(0, 10).join(", ")}</bdi> },
            { term: "First", value: <ExactTime at={alert.firstAt} zone={zone} /> },
            { term: "Last", value: <ExactTime at={alert.lastAt} zone={zone} /> },
            { term: "Count", value: alert.count.toLocaleString("en") },
            { term: "Threshold", value: threshold },
            { term: "Question", value: rule?.question },
            { term: "ATT&CK", value: rule && `${rule.technique.id} ${rule.technique.name}` },
          ]}
        />
        <Link href={`/${companyId}/alerts/rules#${alert.rule}`} className="w-fit text-link hover:underline">
          Tune this rule
        </Link>
      </CardContent>
    </Card>
  );
}

function HistoryCard({ alert, history, companyId, zone, mayManage, actions }: AlertViewProps) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>History</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-4 text-sm">
        <ol aria-label="History" className="grid gap-3">
          <li>
            <ExactTime at={alert.createdAt} zone={zone} className="text-muted-foreground" /> The rule found
            it.
          </li>
          {history.map(({ id, at, user, state, assignedTo, comment }) => (
            <li key={id} className="wrap-anywhere">
              <ExactTime at={at} zone={zone} className="text-muted-foreground" /> {user ?? "Somebody"}:{" "}
              {state !== null && `${ALERT_STATE_LABEL[state] ?? state}.`}
              {assignedTo !== null &&
                (assignedTo === "" ? "Assigned to nobody." : `Assigned to ${assignedTo}.`)}
              {comment && <span className="block whitespace-pre-wrap">{comment}</span>}
            </li>
          ))}
        </ol>
        {mayManage && (
          <CommentForm alertId={alert.id} companyId={companyId} action={actions.commentAlertAction} />
        )}
      </CardContent>
    </Card>
  );
}
