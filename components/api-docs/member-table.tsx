import { useTranslations } from "next-intl";
import { Table, TableBody, TableCell, TableHeads, TableRow } from "@/components/ui/table";
import type { GuideMember } from "@/lib/domain/api-guide";

interface MemberTableProps {
  label: string;
  members: readonly GuideMember[];
  /** Shows what holds when one is left out. */
  hasDefault?: boolean;
}

/** Parameters, or the members of an answer, with what they are. */
export function MemberTable({ label, members, hasDefault = false }: MemberTableProps) {
  const t = useTranslations("apiDocs");
  return (
    <Table label={label} stacks>
      <TableHeads heads={[t("name"), t("type"), ...(hasDefault ? [t("default")] : []), t("meaning")]} />
      <TableBody>
        {members.map((member) => (
          <TableRow key={member.name}>
            <TableCell label={t("name")} className="align-top">
              <code className="font-mono text-xs">{member.name}</code>
            </TableCell>
            <TableCell label={t("type")} className="align-top whitespace-nowrap">
              {member.type}
            </TableCell>
            {hasDefault && (
              <TableCell label={t("default")} className="align-top">
                {member.usual !== null && <code className="font-mono text-xs">{member.usual}</code>}
              </TableCell>
            )}
            <TableCell label={t("meaning")} className="min-w-64 whitespace-normal">
              {member.description}
              {member.choices.length > 0 && (
                <span className="block text-muted-foreground">
                  {t("oneOf", { choices: member.choices.join(", ") })}
                </span>
              )}
              {member.example !== null && (
                <span className="block text-muted-foreground">
                  {t("example", { example: member.example })}
                </span>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
