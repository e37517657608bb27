import { formatNumber } from "@/components/ui/format-number";
import { useTranslations } from "next-intl";
import type { DataTableColumn } from "@/components/data-table/column";
import { formatDateTime } from "@/components/time/format";
import { ExactTime } from "@/components/time/exact-time";
import { chooseColumn, type Choice } from "@/components/lists/choose-column";
import { NameLink } from "@/components/lists/name-link";
import { Badge } from "@/components/ui/badge";
import { TextLink } from "@/components/ui/text-link";
import { LongText } from "@/components/ui/long-text";
import type { useWords } from "@/components/ui/use-words";
import { alertText, ruleTitle } from "@/lib/domain/detections/alert";
import { subjectOf, type AlertListRow } from "@/lib/domain/reports/alerts";
import { SeverityBadge, StateBadge } from "@/components/fleet/alert-badges";

type T = ReturnType<typeof useTranslations<"alerts">>;

interface ColumnOptions extends Choice<number> {
  t: T;
  word: ReturnType<typeof useWords>;
  isManyCompanies: boolean;
  zone: string;
  /** Those of the page. */
  alerts: readonly AlertListRow[];
  /** Companies whose alerts can be chosen to deal with. */
  managed: readonly number[];
}

/** On a phone an alert is a card of few lines: its rule and severity, whom it is about and its state, when, and what was found. */
export const ALERT_ROW_CLASS = "max-md:grid-cols-[auto_minmax(0,1fr)_auto] max-md:gap-x-2 max-md:gap-y-1";
const WHOLE_LINE = "max-md:order-4 max-md:col-span-full";

export function alertTableColumns(options: ColumnOptions): DataTableColumn<AlertListRow>[] {
  const { t, word, managed, alerts, chosen, onChoose } = options;
  const choose = chooseColumn<AlertListRow, number>({
    rows: alerts,
    mayChoose: ({ companyId }) => managed.includes(companyId),
    labelOf: (alert) =>
      t("selectOne", {
        rule: word(ruleTitle(alert.rule)),
        subject: word(subjectOf(alert)),
        id: String(alert.id),
      }),
    chosen,
    onChoose,
    className: "w-10 max-md:order-first max-md:col-start-1 max-md:row-start-1 max-md:w-5",
  });
  return [
    ...(managed.length > 0 ? [choose] : []),
    ...whenColumns(options),
    ...(options.isManyCompanies ? [COMPANY_COLUMN] : []),
    ...whatColumns(options),
    ...furtherColumns(options),
  ];
}

function whenColumns({ t, zone }: ColumnOptions): DataTableColumn<AlertListRow>[] {
  return [
    {
      id: "createdAt",
      header: t("detected"),
      firstSort: "desc",
      cell: ({ createdAt }) => (
        <ExactTime
          at={createdAt}
          zone={zone}
          precision="minute"
          className="tabular list-time max-md:text-xs max-md:whitespace-nowrap max-md:text-muted-foreground"
        />
      ),
      isPlainOnPhone: true,
      className: "max-md:order-3 max-md:col-span-full",
    },
    {
      id: "lastAt",
      header: t("lastSeen"),
      firstSort: "desc",
      isHiddenAtFirst: true,
      className: WHOLE_LINE,
      cell: ({ lastAt }) => <ExactTime at={lastAt} zone={zone} className="tabular list-time" />,
    },
  ];
}

const COMPANY_COLUMN: DataTableColumn<AlertListRow> = {
  id: "company",
  header: { key: "reportColumns.company" },
  firstSort: "asc",
  cell: ({ companyId, companyName }) => (
    <NameLink href={`/${companyId}/dashboard`} name={companyName ?? String(companyId)} isBeside />
  ),
  isPlainOnPhone: true,
  className: "max-md:order-3 max-md:col-span-full max-md:text-xs",
};

function whatColumns({ t, word, zone, managed }: ColumnOptions): DataTableColumn<AlertListRow>[] {
  return [
    {
      id: "severity",
      header: t("severity"),
      firstSort: "desc",
      cell: ({ severity }) => <SeverityBadge severity={severity} />,
      isPlainOnPhone: true,
      className: "max-md:order-first max-md:col-start-3 max-md:row-start-1 max-md:justify-self-end",
    },
    {
      id: "rule",
      header: t("rule"),
      firstSort: "asc",
      isIdentity: true,
      cell: ({ companyId, id, rule }) => (
        <TextLink
          href={`/${companyId}/alerts/${id}`}
          className="block font-medium whitespace-normal max-md:wrap-break-word md:max-w-44 md:min-w-28"
        >
          {word(ruleTitle(rule))}
        </TextLink>
      ),
      className:
        managed.length > 0
          ? "max-md:col-start-2 max-md:row-start-1"
          : "max-md:col-span-2 max-md:col-start-1 max-md:row-start-1",
      exportIds: ["rule"],
    },
    {
      id: "subject",
      header: t("subject"),
      cell: (alert) => <LongText text={word(subjectOf(alert))} className="max-md:block max-md:truncate" />,
      isPlainOnPhone: true,
      className: "max-md:order-1 max-md:col-span-2 max-md:min-w-0",
    },
    {
      id: "sentence",
      header: t("finding"),
      cell: (alert) => (
        <span className="block max-w-xl min-w-0 whitespace-normal md:min-w-56">
          {/* Cuts very long names; the alert's page shows them whole. */}
          {/* Servers and browsers name some countries differently. */}
          <span className="line-clamp-4 wrap-anywhere max-md:line-clamp-2" suppressHydrationWarning>
            {word(alertText(alert.rule, alert), (at) => formatDateTime(at, zone, "minute"))}
          </span>
          {alert.isLate && <Badge variant="outline">{t("arrivedLate")}</Badge>}
        </span>
      ),
      isPlainOnPhone: true,
      className: WHOLE_LINE,
    },
    {
      id: "state",
      header: t("state"),
      cell: ({ state }) => <StateBadge state={state} />,
      isPlainOnPhone: true,
      className: "max-md:order-2 max-md:col-start-3 max-md:justify-self-end",
    },
  ];
}

function furtherColumns({ t, zone }: ColumnOptions): DataTableColumn<AlertListRow>[] {
  return [
    {
      id: "assignee",
      header: t("assignee"),
      isHiddenAtFirst: true,
      className: WHOLE_LINE,
      cell: ({ assignee }) => assignee !== null && <LongText text={assignee} />,
    },
    {
      id: "firstAt",
      header: t("firstSeen"),
      firstSort: "desc",
      isHiddenAtFirst: true,
      className: WHOLE_LINE,
      cell: ({ firstAt }) => <ExactTime at={firstAt} zone={zone} className="tabular list-time" />,
    },
    {
      id: "count",
      header: t("count"),
      firstSort: "desc",
      align: "end",
      isHiddenAtFirst: true,
      className: WHOLE_LINE,
      cell: ({ count }) => formatNumber(count),
    },
  ];
}
