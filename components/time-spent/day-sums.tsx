import { formatTime } from "@/components/time/format";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { TimeSpentRow } from "@/lib/domain/time-spent/time-spent-row";
import { durationText } from "@/lib/export/cell-text";
import type { TimeSpentDay } from "@/lib/services/reports/time-spent-day";

const SUMS = ["Time spent", "Locked", "Uncertain", "Sessions", "First logon", "Last logoff"] as const;

/** The day in numbers to the second: the list's row, then each computer's. */
export function DaySums({ day }: { day: TimeSpentDay }) {
  const { row, computerRows, zone } = day;
  if (row === null) return null;
  return (
    <Table label="Sums of the day" stacks>
      <TableHeader>
        <TableRow>
          <TableHead>Computer</TableHead>
          {SUMS.map((word) => (
            <TableHead key={word} className="text-right">
              {word}
            </TableHead>
          ))}
        </TableRow>
      </TableHeader>
      <TableBody>
        <SumRow name="All computers" row={row} zone={zone} />
        {computerRows.map((computer) => (
          <SumRow key={computer.computerId} name={computer.computerName ?? ""} row={computer} zone={zone} />
        ))}
      </TableBody>
    </Table>
  );
}

function SumRow({ name, row, zone }: { name: string; row: TimeSpentRow; zone: string }) {
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
        <TableCell key={SUMS[index]} label={SUMS[index]} className="tabular text-right whitespace-nowrap">
          {text}
        </TableCell>
      ))}
    </TableRow>
  );
}
