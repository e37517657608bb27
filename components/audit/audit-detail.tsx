"use client";

import { ExactTime } from "@/components/time/exact-time";
import { DescriptionList } from "@/components/ui/description-list";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import {
  auditActionLabel,
  auditFieldLabel,
  AUDIT_OUTCOMES,
  auditFieldText,
} from "@/lib/domain/audit-actions";
import type { AuditEntry } from "@/lib/services/audit/read-audit";

interface AuditDetailProps {
  entry: AuditEntry;
  zone: string;
  company: string;
}

/** Everything about one row of the trail, with what it changed side by side. */
export function AuditDetail({ entry, zone, company }: AuditDetailProps) {
  const target = [entry.targetName, entry.targetType && `${entry.targetType} ${entry.targetId ?? ""}`.trim()];
  return (
    <div className="grid gap-6">
      <DescriptionList
        items={[
          {
            term: "Time",
            value: <ExactTime at={entry.at} zone={zone} precision="millisecond" />,
          },
          { term: "Who", value: entry.actorName },
          { term: "From", value: entry.address },
          { term: "What", value: auditActionLabel(entry.action) },
          { term: "Recorded as", value: <code className="font-mono text-xs">{entry.action}</code> },
          {
            term: "Outcome",
            value: AUDIT_OUTCOMES[entry.outcome as keyof typeof AUDIT_OUTCOMES] ?? entry.outcome,
          },
          { term: "Company", value: company },
          { term: "On what", value: target.filter(Boolean).join(", ") },
          { term: "Request id", value: entry.requestId },
          { term: "Number", value: entry.seq },
          { term: "Hash", value: <code className="font-mono text-xs break-all">{entry.hash}</code> },
        ]}
      />
      <Changes before={entry.before} after={entry.after} />
    </div>
  );
}

function Changes({ before, after }: Pick<AuditEntry, "before" | "after">) {
  const names = [...new Set([...Object.keys(before ?? {}), ...Object.keys(after ?? {})])];
  if (names.length === 0) return null;
  return (
    <Table label="Before and after">
      <TableHeader>
        <TableRow>
          <TableHead>Field</TableHead>
          {before && <TableHead>Before</TableHead>}
          {after && <TableHead>After</TableHead>}
        </TableRow>
      </TableHeader>
      <TableBody>
        {names.map((name) => (
          <TableRow key={name}>
            <TableHead scope="row">{auditFieldLabel(name)}</TableHead>
            {before && <ValueCell text={auditFieldText(name, before[name])} />}
            {after && <ValueCell text={auditFieldText(name, after[name])} />}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function ValueCell({ text }: { text: string }) {
  return <TableCell className="min-w-24 wrap-anywhere">{text}</TableCell>;
}
