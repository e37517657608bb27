import { MonitorSmartphone } from "lucide-react";
import { Link } from "@/components/ui/link";
import { PresenceStateBadge } from "@/components/events/presence-state";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { EventAge } from "@/components/time/event-age";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { PresentPerson } from "@/lib/services/dashboard/read-dashboard";

interface PresentListProps {
  people: readonly PresentPerson[];
  /** All who are signed in; the list may hold fewer. */
  totalCount: number;
  companyNames?: Readonly<Record<number, string>>;
  zone: string;
}

/** Who is signed in to which computer now. */
export function PresentList({ people, totalCount, companyNames, zone }: PresentListProps) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>Signed in now</CardTitle>
      </CardHeader>
      <CardContent className="px-0">
        {people.length === 0 ? (
          <EmptyState
            icon={MonitorSmartphone}
            title="Nobody is signed in"
            description="People appear here as soon as they log on."
          />
        ) : (
          <div className="max-h-96 overflow-y-auto">
            <Table label="Signed in now" className="max-sm:[&_:is(td,th)]:px-2">
              <TableHeader>
                <TableRow>
                  <TableHead>Account</TableHead>
                  <TableHead>Computer</TableHead>
                  <TableHead className="max-sm:hidden">{companyNames ? "Company" : "Site"}</TableHead>
                  <TableHead>State</TableHead>
                  <TableHead className="text-right">Since</TableHead>
                </TableRow>
              </TableHeader>
              <TableBody>
                {people.map((person) => (
                  <PersonRow
                    key={`${person.companyId}/${person.userName}/${person.computerName}`}
                    person={person}
                    companyNames={companyNames}
                    zone={zone}
                  />
                ))}
              </TableBody>
            </Table>
            {totalCount > people.length && (
              <p className="px-4 pt-2 text-xs text-muted-foreground">
                The {people.length} most recent of {totalCount}.
              </p>
            )}
          </div>
        )}
      </CardContent>
    </Card>
  );
}

function PersonRow({
  person,
  companyNames,
  zone,
}: { person: PresentPerson } & Pick<PresentListProps, "companyNames" | "zone">) {
  return (
    <TableRow>
      <TableCell className="max-w-40 truncate font-medium max-sm:max-w-24" title={person.userName}>
        <Link href={`/${person.companyId}/accounts/${person.accountId}`} className="hover:underline">
          {person.userName}
        </Link>
      </TableCell>
      <TableCell className="max-w-40 truncate max-sm:max-w-24" title={person.computerName}>
        <Link href={`/${person.companyId}/computers/${person.computerId}`} className="hover:underline">
          {person.computerName}
        </Link>
      </TableCell>
      <TableCell className="max-w-40 truncate text-muted-foreground max-sm:hidden">
        {companyNames?.[person.companyId] ?? person.siteName}
      </TableCell>
      <TableCell>
        <PresenceStateBadge state={person.isActive ? "active" : "locked"} className="max-sm:[&>svg]:hidden" />
      </TableCell>
      <TableCell className="text-right text-muted-foreground">
        <EventAge at={person.sinceAt} zone={zone} />
      </TableCell>
    </TableRow>
  );
}
