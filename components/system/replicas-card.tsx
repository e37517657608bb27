import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { SystemView } from "@/lib/services/system/read-system";

const STATE = {
  near: { label: "Up to date", variant: "success" },
  behind: { label: "Behind", variant: "warning" },
  away: { label: "Unreachable", variant: "destructive" },
  "not a replica": { label: "Not a replica", variant: "destructive" },
} as const;

const seconds = (milliseconds: number) => `${(milliseconds / 1_000).toFixed(1)} s`;

/** The database's replicas, by this server's last look. */
export function ReplicasCard({ replicas }: Pick<SystemView, "replicas">) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Replicas</CardTitle>
        <CardDescription>
          This server reads reports, exports and past events from replicas that are up to date, and from the
          primary otherwise.
        </CardDescription>
      </CardHeader>
      <CardContent>
        <Table label="Replicas">
          <TableHeader>
            <TableRow>
              <TableHead>Replica</TableHead>
              <TableHead>State</TableHead>
              <TableHead className="text-end">Lag</TableHead>
              <TableHead className="text-end">Reads since start</TableHead>
            </TableRow>
          </TableHeader>
          <TableBody>
            {replicas.map(({ name, state, lagMs, reads }) => (
              <TableRow key={name}>
                <TableCell className="whitespace-normal wrap-anywhere">{name}</TableCell>
                <TableCell>
                  <Badge variant={STATE[state].variant}>{STATE[state].label}</Badge>
                </TableCell>
                <TableCell className="text-end tabular">{lagMs === null ? "–" : seconds(lagMs)}</TableCell>
                <TableCell className="text-end tabular">{reads.toLocaleString("en")}</TableCell>
              </TableRow>
            ))}
          </TableBody>
        </Table>
      </CardContent>
    </Card>
  );
}
