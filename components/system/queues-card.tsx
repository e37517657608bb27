import { formatDuration } from "@/components/time/format";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { SystemView } from "@/lib/services/system/read-system";

const LABEL: Readonly<Record<string, string>> = {
  jobs: "Jobs",
  messages: "Messages to put together",
  deliveries: "Deliveries",
  mail: "Mail",
  schedules: "Scheduled reports",
};

const number = (count: number) => count.toLocaleString("en");

/** The queue that all servers share: how much of what is due, and for how long the oldest has waited. */
export function QueuesCard({ queues, attempts }: Pick<SystemView, "queues" | "attempts">) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Queue</CardTitle>
        <CardDescription>
          Shared by all servers. Attempts to deliver of the last day&apos;s messages:{" "}
          {number(attempts.success)} succeeded, {number(attempts.failed)} failed.
        </CardDescription>
      </CardHeader>
      <CardContent>
        <Table label="Queues" stacks>
          <TableHeader>
            <TableRow>
              <TableHead>Queue</TableHead>
              <TableHead className="text-end">Due</TableHead>
              <TableHead className="text-end">Running</TableHead>
              <TableHead className="text-end">Later</TableHead>
              <TableHead className="text-end">Oldest due for</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {queues.map(({ queue, entries, waiting, running, oldestSeconds }) => (
              <TableRow key={queue}>
                <TableCell label="Queue" className="whitespace-normal">
                  {LABEL[queue] ?? queue}
                </TableCell>
                <TableCell label="Due" className="text-end tabular">
                  {number(waiting)}
                </TableCell>
                <TableCell label="Running" className="text-end tabular">
                  {number(running)}
                </TableCell>
                <TableCell label="Later" className="text-end tabular">
                  {number(entries - waiting - running)}
                </TableCell>
                <TableCell label="Oldest due for" className="text-end tabular">
                  {waiting === 0 ? "–" : formatDuration(Math.max(1, Math.round(oldestSeconds)))}
                </TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </CardContent>
    </Card>
  );
}
