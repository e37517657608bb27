import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { TextLink } from "@/components/ui/text-link";
import { KindBadge } from "@/components/events/kind-badge";
import { ExactTime } from "@/components/time/exact-time";
import { TitledCard } from "@/components/ui/card";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { AccountDetail } from "@/lib/services/fleet/read-account";

interface UsedCardProps {
  title: string;
  /** What a row is named by, and leads to. */
  by: "account" | "computer";
  list: AccountDetail["computers"];
  /** Said when there are none. */
  none: string;
  /** Where all of them are listed. */
  allHref: string;
  zone: string;
}

/** Who has used a computer, or which computers an account has used, the last first. */
export function UsedCard({ title, by, list, none, allHref, zone }: UsedCardProps) {
  const t = useTranslations("fleet");
  const column = useTranslations("reportColumns");
  const { rows, total } = list;
  return (
    <TitledCard
      title={title}
      description={
        total > rows.length &&
        t.rich("lastOf", {
          shown: rows.length,
          total,
          link: (words) => <TextLink href={allHref}>{words}</TextLink>,
        })
      }
      contentClassName="px-0"
    >
      {rows.length === 0 ? (
        <p className="px-4 text-sm text-muted-foreground">{none}</p>
      ) : (
        <div data-print="expand" className="max-h-96 overflow-y-auto">
          <Table label={title}>
            <TableHeader>
              <TableRow>
                <TableHead>{by === "account" ? column("account") : column("computer")}</TableHead>
                <TableHead>{t("lastEvent")}</TableHead>
                <TableHead>{t("when")}</TableHead>
                <TableHead className="max-sm:hidden">{column("site")}</TableHead>
                <TableHead className="max-sm:hidden">{column("first")}</TableHead>
              </TableRow>
            </TableHeader>
            <TableBody>
              {rows.map((row) => (
                <UsedRow key={`${row.accountId}-${row.computerId}`} row={row} by={by} zone={zone} />
              ))}
            </TableBody>
          </Table>
        </div>
      )}
    </TitledCard>
  );
}

function UsedRow({
  row,
  by,
  zone,
}: { row: AccountDetail["computers"]["rows"][number] } & Pick<UsedCardProps, "by" | "zone">) {
  const [name, href] =
    by === "account"
      ? [row.userName, `/${row.companyId}/accounts/${row.accountId}`]
      : [row.computerName, `/${row.companyId}/computers/${row.computerId}`];
  return (
    <TableRow>
      <TableCell className="max-w-48 truncate font-medium" title={name}>
        <Link href={href} className="hover:underline">
          {name}
        </Link>
      </TableCell>
      <TableCell>
        <KindBadge kind={row.kind} />
      </TableCell>
      <TableCell>
        <ExactTime at={row.lastAt} zone={zone} precision="minute" className="tabular list-time" />
      </TableCell>
      <TableCell className="max-w-40 truncate text-muted-foreground max-sm:hidden">
        {row.siteName ?? "–"}
      </TableCell>
      <TableCell className="max-sm:hidden">
        <ExactTime at={row.firstAt} zone={zone} precision="minute" className="tabular list-time" />
      </TableCell>
    </TableRow>
  );
}
