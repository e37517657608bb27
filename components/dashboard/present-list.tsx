import { MonitorSmartphone } from "lucide-react";
import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { PresenceStateBadge } from "@/components/events/presence-state";
import { TitledCard } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { EventAge } from "@/components/time/event-age";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { PresentPerson } from "@/lib/services/dashboard/read-dashboard";

interface PresentListProps {
  people: readonly PresentPerson[];
  /** Everybody on each of their computers; the list may hold fewer. */
  totalCount: number;
  companyNames?: Readonly<Record<number, string>>;
  zone: string;
}

/** Who is signed in to which computer now. */
export function PresentList({ people, totalCount, companyNames, zone }: PresentListProps) {
  const t = useTranslations("dashboard");
  return (
    <TitledCard title={t("signedInNow")} contentClassName="px-0">
      {people.length === 0 ? (
        <EmptyState icon={MonitorSmartphone} title={t("presentNone")} description={t("presentNoneNote")} />
      ) : (
        <div data-print="expand" className="max-h-96 overflow-y-auto">
          <Table label={t("signedInNow")} className="max-sm:[&_:is(td,th)]:px-2">
            <TableHeader>
              <TableRow>
                <TableHead>{t("account")}</TableHead>
                <TableHead className="max-sm:hidden">{t("computer")}</TableHead>
                <TableHead className="max-sm:hidden">{companyNames ? t("company") : t("site")}</TableHead>
                <TableHead>{t("state")}</TableHead>
                <TableHead className="text-end">{t("since")}</TableHead>
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
              {t("mostRecent", { shown: people.length, total: totalCount })}
            </p>
          )}
        </div>
      )}
    </TitledCard>
  );
}

function PersonRow({
  person,
  companyNames,
  zone,
}: { person: PresentPerson } & Pick<PresentListProps, "companyNames" | "zone">) {
  return (
    <TableRow>
      <TableCell className="max-w-40 truncate font-medium max-sm:leading-6" title={person.userName}>
        <Link href={`/${person.companyId}/accounts/${person.accountId}`} className="hover:underline">
          {person.userName}
        </Link>
        {/* On a phone there is no room beside it; both are links, which need 24 px each. */}
        <div className="truncate font-normal text-muted-foreground sm:hidden">
          <ComputerLink person={person} />
        </div>
      </TableCell>
      <TableCell className="max-w-40 truncate max-sm:hidden" title={person.computerName}>
        <ComputerLink person={person} />
      </TableCell>
      <TableCell className="max-w-40 truncate text-muted-foreground max-sm:hidden">
        {companyNames?.[person.companyId] ?? person.siteName}
      </TableCell>
      <TableCell>
        <PresenceStateBadge state={person.isActive ? "active" : "locked"} className="max-sm:[&>svg]:hidden" />
      </TableCell>
      <TableCell className="text-end text-muted-foreground">
        <EventAge at={person.sinceAt} zone={zone} />
      </TableCell>
    </TableRow>
  );
}

function ComputerLink({ person }: { person: PresentPerson }) {
  return (
    <Link href={`/${person.companyId}/computers/${person.computerId}`} className="hover:underline">
      {person.computerName}
    </Link>
  );
}
