"use client";

import { useTranslations } from "next-intl";
import { useState } from "react";
import { usePortalAddress } from "@/components/layout/portal-address";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { Table, TableBody, TableCell, TableHeads, TableRow } from "@/components/ui/table";
import { curlLine, type GuideOperation } from "@/lib/domain/api-guide";
import { Fold } from "./fold";
import { MemberTable } from "./member-table";
import { TryIt } from "./try-it";

interface OperationCardProps {
  operation: GuideOperation;
  /** The portal's public address; null while it isn't set. */
  serverUrl: string | null;
  companies: readonly { id: number; name: string }[];
}

const ACCESS_TEXT = {
  "session or key": "readKey",
  "session or managing key": "manageKey",
  session: "session",
  key: "ingestKey",
  anyone: "anyone",
} as const satisfies Record<GuideOperation["opensBy"], string>;

/** One operation; its line for the shell follows what is filled in to try it. */
export function OperationCard({ operation, serverUrl, companies }: OperationCardProps) {
  const t = useTranslations("apiDocs");
  const address = usePortalAddress(serverUrl);
  const { id, method, path, summary, description, opensBy, parameters, members, answers } = operation;
  const isOfCompany = parameters.some(({ name }) => name === "company");
  const [values, setValues] = useState<Record<string, string>>(
    isOfCompany && companies[0] ? { company: String(companies[0].id) } : {},
  );
  return (
    <Card id={id} className="scroll-mt-16">
      <CardHeader>
        <CardTitle level={3}>{summary}</CardTitle>
        <CardDescription className="grid gap-1.5">
          <span className="flex flex-wrap items-center gap-2">
            <Badge variant={method === "GET" ? "success" : "warning"}>{method}</Badge>
            <code className="font-mono text-xs wrap-anywhere text-foreground">{path}</code>
          </span>
          <span>{description}</span>
          <span>{t(ACCESS_TEXT[opensBy])}</span>
        </CardDescription>
      </CardHeader>
      <CardContent className="grid min-w-0 gap-3">
        {opensBy !== "session" && (
          <CodeBlock label={t("curl", { operation: summary })} code={curlLine(address, operation, values)} />
        )}
        {method === "GET" && (
          <Fold title={t("tryIt")} about={summary}>
            <TryIt operation={operation} companies={companies} values={values} onChange={setValues} />
          </Fold>
        )}
        {parameters.length > 0 && (
          <Fold title={t("parameters")} about={summary}>
            <MemberTable label={t("parametersOf", { operation: summary })} members={parameters} hasDefault />
          </Fold>
        )}
        <Fold title={t("response")} about={summary}>
          {members.length > 0 && (
            <MemberTable label={t("responseOf", { operation: summary })} members={members} />
          )}
          <StatusTable label={t("statusesOf", { operation: summary })} answers={answers} />
        </Fold>
      </CardContent>
    </Card>
  );
}

function StatusTable({ label, answers }: { label: string; answers: GuideOperation["answers"] }) {
  const t = useTranslations("apiDocs");
  return (
    <Table label={label} stacks>
      <TableHeads heads={[t("status"), t("meaning")]} />
      <TableBody>
        {answers.map(({ status, description }) => (
          <TableRow key={status}>
            <TableCell label={t("status")} className="tabular align-top">
              {status}
            </TableCell>
            <TableCell label={t("meaning")} className="min-w-56 whitespace-normal">
              {description}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
