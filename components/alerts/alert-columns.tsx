import type { DataTableColumn } from "@/components/data-table/column";
import { formatDateTime } from "@/components/time/format";
import { ExactTime } from "@/components/time/exact-time";
import { Badge } from "@/components/ui/badge";
import { Checkbox } from "@/components/ui/checkbox";
import { Link } from "@/components/ui/link";
import { LongText } from "@/components/ui/long-text";
import { alertSentence, ruleTitle } from "@/lib/domain/detections/alert";
import { subjectOf, type AlertListRow } from "@/lib/domain/reports/alerts";
import { SeverityBadge, StateBadge } from "@/components/fleet/alert-badges";

interface ColumnOptions {
  companyId: number;
  zone: string;
  mayManage: boolean;
  chosen: ReadonlySet<number>;
  onChoose: (chosen: ReadonlySet<number>) => void;
}

export function alertTableColumns(options: ColumnOptions): DataTableColumn<AlertListRow>[] {
  const { companyId, zone, mayManage } = options;
  const choose: DataTableColumn<AlertListRow> = {
    id: "choose",
    header: "Choose",
    cell: (alert) => <ChooseBox alert={alert} {...options} />,
    className: "w-10",
    exportIds: [],
  };
  return [
    ...(mayManage ? [choose] : []),
    {
      id: "createdAt",
      header: "Found",
      cell: ({ createdAt }) => <ExactTime at={createdAt} zone={zone} className="tabular whitespace-nowrap" />,
    },
    {
      id: "lastAt",
      header: "Last",
      isHiddenAtFirst: true,
      cell: ({ lastAt }) => <ExactTime at={lastAt} zone={zone} className="tabular whitespace-nowrap" />,
    },
    { id: "severity", header: "Severity", cell: ({ severity }) => <SeverityBadge severity={severity} /> },
    {
      id: "rule",
      header: "Rule",
      isIdentity: true,
      cell: ({ id, rule }) => (
        <Link
          href={`/${companyId}/alerts/${id}`}
          className="block w-max max-w-44 font-medium whitespace-normal text-link hover:underline"
        >
          {ruleTitle(rule)}
        </Link>
      ),
      exportIds: ["rule"],
    },
    {
      id: "subject",
      header: "Subject",
      cell: (alert) => <LongText text={subjectOf(alert)} />,
    },
    {
      id: "sentence",
      header: "What was found",
      cell: (alert) => (
        <span className="block max-w-xl min-w-0 whitespace-normal md:min-w-56">
          {/* Whoever has an endless name shall not fill the screen with it; the alert's page has it whole. */}
          <span className="line-clamp-4 wrap-anywhere">
            {alertSentence(alert.rule, alert, (at) => formatDateTime(at, zone, "minute"))}
          </span>
          {alert.isLate && <Badge variant="outline">Arrived late</Badge>}
        </span>
      ),
    },
    { id: "state", header: "State", cell: ({ state }) => <StateBadge state={state} /> },
    {
      id: "assignee",
      header: "Assigned to",
      isHiddenAtFirst: true,
      cell: ({ assignee }) => assignee !== null && <LongText text={assignee} />,
    },
    {
      id: "firstAt",
      header: "First",
      isHiddenAtFirst: true,
      cell: ({ firstAt }) => <ExactTime at={firstAt} zone={zone} className="tabular whitespace-nowrap" />,
    },
    {
      id: "count",
      header: "Count",
      align: "end",
      isHiddenAtFirst: true,
      cell: ({ count }) => count.toLocaleString("en"),
    },
  ];
}

function ChooseBox({ alert, chosen, onChoose }: ColumnOptions & { alert: AlertListRow }) {
  return (
    <Checkbox
      aria-label={`Choose ${ruleTitle(alert.rule)}, ${subjectOf(alert)}, number ${alert.id}`}
      checked={chosen.has(alert.id)}
      onCheckedChange={(isChosen) => {
        const next = new Set(chosen);
        if (isChosen === true) next.add(alert.id);
        else next.delete(alert.id);
        onChoose(next);
      }}
    />
  );
}
