import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import type { GuideMember } from "@/lib/domain/api-guide";

interface MemberTableProps {
  label: string;
  members: readonly GuideMember[];
  /** Shows what holds when one is left out. */
  hasUsual?: boolean;
}

/** Parameters, or the members of an answer, with what they are. */
export function MemberTable({ label, members, hasUsual = false }: MemberTableProps) {
  return (
    <Table label={label} stacks>
      <TableHeader>
        <TableRow>
          <TableHead>Name</TableHead>
          <TableHead>Type</TableHead>
          {hasUsual && <TableHead>Usual</TableHead>}
          <TableHead>Meaning</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {members.map((member) => (
          <TableRow key={member.name}>
            <TableCell label="Name" className="align-top">
              <code className="font-mono text-xs">{member.name}</code>
            </TableCell>
            <TableCell label="Type" className="align-top whitespace-nowrap">
              {member.type}
            </TableCell>
            {hasUsual && (
              <TableCell label="Usual" className="align-top">
                {member.usual !== null && <code className="font-mono text-xs">{member.usual}</code>}
              </TableCell>
            )}
            <TableCell label="Meaning" className="min-w-64 whitespace-normal">
              {member.description}
              {member.choices.length > 0 && (
                <span className="block text-muted-foreground">One of {member.choices.join(", ")}.</span>
              )}
              {member.example !== null && (
                <span className="block text-muted-foreground">For example {member.example}.</span>
              )}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
