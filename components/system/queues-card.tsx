import { formatNumber } from "@/components/ui/format-number";
import { useTranslations } from "next-intl";
import { formatDuration } from "@/components/time/format";
import { TitledCard } from "@/components/ui/card";
import { Table, TableBody, TableCell, TableHeads, TableRow } from "@/components/ui/table";
import type { SystemView } from "@/lib/services/system/read-system";

const LABEL = {
  jobs: "queueJobs",
  messages: "queueMessages",
  deliveries: "queueDeliveries",
  "mail-deliveries": "queueMailDeliveries",
  mail: "queueMail",
  schedules: "queueSchedules",
} as const;

const number = (count: number) => formatNumber(count);

/** The queue that all servers share: how much of what is due, and for how long the oldest has waited. */
export function QueuesCard({ queues, attempts }: Pick<SystemView, "queues" | "attempts">) {
  const t = useTranslations("system");
  return (
    <TitledCard
      title={t("queues")}
      description={t("queuesNote", { success: attempts.success, failed: attempts.failed })}
    >
      <Table label={t("queues")} stacks>
        <TableHeads heads={[t("queue")]} numbers={[t("due"), t("running"), t("later"), t("oldestDue")]} />
        <TableBody>
          {queues.map(({ queue, entries, waiting, running, oldestSeconds }) => (
            <TableRow key={queue}>
              <TableCell label={t("queue")} className="whitespace-normal">
                {t(LABEL[queue])}
              </TableCell>
              <TableCell label={t("due")} className="text-end tabular">
                {number(waiting)}
              </TableCell>
              <TableCell label={t("running")} className="text-end tabular">
                {number(running)}
              </TableCell>
              <TableCell label={t("later")} className="text-end tabular">
                {number(entries - waiting - running)}
              </TableCell>
              <TableCell label={t("oldestDue")} className="text-end tabular">
                {waiting === 0 ? "–" : formatDuration(Math.max(1, Math.round(oldestSeconds)))}
              </TableCell>
            </TableRow>
          ))}
        </TableBody>
      </Table>
    </TitledCard>
  );
}
