"use client";

import { useTranslations } from "next-intl";
import { ExactTime } from "@/components/time/exact-time";
import { DescriptionList } from "@/components/ui/description-list";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { TextLink } from "@/components/ui/text-link";
import type { AuditLine } from "@/lib/server/audit-lines";

interface AuditDetailProps {
  entry: AuditLine;
  zone: string;
  company: string;
}

/** Everything about one row of the trail, with what it changed side by side. */
export function AuditDetail({ entry, zone, company }: AuditDetailProps) {
  const t = useTranslations("audit");
  return (
    <div className="grid gap-6">
      <DescriptionList
        items={[
          {
            term: t("time"),
            value: <ExactTime at={entry.at} zone={zone} precision="millisecond" />,
          },
          { term: t("actor"), value: entry.actorName },
          { term: t("address"), value: entry.address },
          { term: t("action"), value: entry.actionText },
          { term: t("recordedAs"), value: <code className="font-mono text-xs">{entry.action}</code> },
          { term: t("outcome"), value: entry.outcomeText },
          { term: t("company"), value: company },
          { term: t("targetName"), value: targetOf(entry) },
          { term: t("requestId"), value: entry.requestId },
          { term: t("number"), value: entry.seq },
          { term: t("hash"), value: <code className="font-mono text-xs break-all">{entry.hash}</code> },
        ]}
      />
      <Changes changes={entry.changes} />
    </div>
  );
}

function targetOf({ targetName, target, targetHref }: AuditLine) {
  const name = [targetName, target].filter(Boolean).join(", ");
  if (targetHref === null) return name;
  return (
    <TextLink href={targetHref}>
      <bdi>{name}</bdi>
    </TextLink>
  );
}

function Changes({ changes }: Pick<AuditLine, "changes">) {
  const t = useTranslations("audit");
  const [first] = changes;
  if (!first) return null;
  return (
    <Table label={t("changes")}>
      <TableHeader>
        <TableRow>
          <TableHead>{t("field")}</TableHead>
          {first.before !== null && <TableHead>{t("before")}</TableHead>}
          {first.after !== null && <TableHead>{t("after")}</TableHead>}
        </TableRow>
      </TableHeader>
      <TableBody>
        {changes.map(({ name, field, before, after }) => (
          <TableRow key={name}>
            <TableHead scope="row">{field}</TableHead>
            {before !== null && <ValueCell text={before} />}
            {after !== null && <ValueCell text={after} />}
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}

function ValueCell({ text }: { text: string }) {
  return <TableCell className="min-w-24 wrap-anywhere">{text}</TableCell>;
}
