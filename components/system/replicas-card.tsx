import { formatFixed, formatNumber } from "@/components/ui/format-number";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";
import { TitledCard } from "@/components/ui/card";
import { Table, TableBody, TableCell, TableHeads, TableRow } from "@/components/ui/table";
import type { SystemView } from "@/lib/services/system/read-system";

const STATE = {
  near: { label: "upToDate", variant: "success" },
  behind: { label: "behind", variant: "warning" },
  away: { label: "unreachable", variant: "destructive" },
  "not a replica": { label: "notReplica", variant: "destructive" },
} as const;

const seconds = (milliseconds: number) => `${formatFixed(milliseconds / 1_000, 1)} s`;

/** The database's replicas, by this server's last look. */
export function ReplicasCard({ replicas }: Pick<SystemView, "replicas">) {
  const t = useTranslations("system");
  return (
    <TitledCard title={t("replicas")} description={t("replicasNote")}>
      <Table label={t("replicas")}>
        <TableHeads heads={[t("replica"), t("state")]} numbers={[t("lag"), t("reads")]} />
        <TableBody>
          {replicas.map(({ name, state, lagMs, reads }) => (
            <TableRow key={name}>
              <TableCell className="whitespace-normal wrap-anywhere">{name}</TableCell>
              <TableCell>
                <Badge variant={STATE[state].variant}>{t(STATE[state].label)}</Badge>
              </TableCell>
              <TableCell className="text-end tabular">{lagMs === null ? "–" : seconds(lagMs)}</TableCell>
              <TableCell className="text-end tabular">{formatNumber(reads)}</TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TitledCard>
  );
}
