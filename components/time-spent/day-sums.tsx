import { useTranslations } from "next-intl";
import { formatTime } from "@/components/time/format";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { TimeSpentRow } from "@/lib/domain/time-spent/time-spent-row";
import { durationText } from "@/lib/export/cell-text";
import type { TimeSpentDay } from "@/lib/services/reports/time-spent-day";
import { MOST_COMPUTERS } from "./day-bars";

const SUMS = ["timeSpent", "locked", "uncertain", "sessions", "firstLogon", "lastLogoff"] as const;

/** The day in numbers to the second: the list's row, then each computer's. */
export function DaySums({ day }: { day: TimeSpentDay }) {
  const { row, computerRows, zone } = day;
  const t = useTranslations("timeSpentDay");
  if (row === null) return null;
  return (
    <Table label={t("totals")} stacks>
      <TableHeader>
        <TableRow>
          <TableHead>{t("computer")}</TableHead>
          {SUMS.map((sum) => (
            <TableHead key={sum} className="text-end">
              {t(sum)}
            </TableHead>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        <SumRow name={t("allComputers")} row={row} zone={zone} />
        {computerRows.slice(0, MOST_COMPUTERS).map((computer) => (
          <SumRow key={computer.computerId} name={computer.computerName ?? ""} row={computer} zone={zone} />
        ))}
      </TableBody>
    </Table>
  );
}

function SumRow({ name, row, zone }: { name: string; row: TimeSpentRow; zone: string }) {
  const t = useTranslations("timeSpentDay");
  const instant = (at: number | null) => (at === null ? "–" : formatTime(at, zone));
  const cells = [
    durationText(row.activeSeconds),
    durationText(row.lockedSeconds),
    durationText(row.uncertainSeconds),
    String(row.sessions),
    instant(row.firstLogon),
    instant(row.lastLogoff),
  ];
  return (
    <TableRow>
      <TableHead scope="row" className="whitespace-nowrap">
        {name}
      </TableHead>
      {cells.map((text, index) => (
        <TableCell key={SUMS[index]} label={t(SUMS[index]!)} className="tabular text-end whitespace-nowrap">
          {text}
        </TableCell>
      ))}
    </TableRow>
  );
}
