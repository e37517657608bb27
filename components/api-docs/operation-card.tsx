"use client";

import { useState } from "react";
import { Badge } from "@/components/ui/badge";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { Table, TableBody, TableCell, TableHead, TableHeader, TableRow } from "@/components/ui/table";
import { curlLine, type GuideOperation } from "@/lib/domain/api-guide";
import { Fold } from "./fold";
import { MemberTable } from "./member-table";
import { TryIt } from "./try-it";

interface OperationCardProps {
  operation: GuideOperation;
  serverUrl: string;
  companies: readonly { id: number; name: string }[];
}

const OPENS_WORDS: Readonly<Record<GuideOperation["opensBy"], string>> = {
  "session or key": "By a key with the scope read, or a session",
  "session or managing key": "By a key with the scope manage, or a session",
  session: "By a session alone: it is about people and secrets of the portal",
  key: "By a key with the scope ingest",
  anyone: "Open to anyone",
};

/** One operation; its line for the shell follows what is filled in to try it. */
export function OperationCard({ operation, serverUrl, companies }: OperationCardProps) {
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
          <span>{OPENS_WORDS[opensBy]}.</span>
        </CardDescription>
      </CardHeader>
      <CardContent className="grid min-w-0 gap-3">
        {opensBy !== "session" && (
          <CodeBlock label={`curl line: ${summary}`} code={curlLine(serverUrl, operation, values)} />
        )}
        {method === "GET" && (
          <Fold title="Try it" about={summary}>
            <TryIt operation={operation} companies={companies} values={values} onChange={setValues} />
          </Fold>
        )}
        {parameters.length > 0 && (
          <Fold title="Parameters" about={summary}>
            <MemberTable label={`Parameters of ${summary}`} members={parameters} hasUsual />
          </Fold>
        )}
        <Fold title="Answer" about={summary}>
          {members.length > 0 && <MemberTable label={`Answer of ${summary}`} members={members} />}
          <StatusTable label={`Statuses of ${summary}`} answers={answers} />
        </Fold>
      </CardContent>
    </Card>
  );
}

function StatusTable({ label, answers }: { label: string; answers: GuideOperation["answers"] }) {
  return (
    <Table label={label} stacks>
      <TableHeader>
        <TableRow>
          <TableHead>Status</TableHead>
          <TableHead>Meaning</TableHead>
        </TableRow>
      </TableHeader>
      <TableBody>
        {answers.map(({ status, description }) => (
          <TableRow key={status}>
            <TableCell label="Status" className="tabular align-top">
              {status}
            </TableCell>
            <TableCell label="Meaning" className="min-w-56 whitespace-normal">
              {description}
            </TableCell>
          </TableRow>
        ))}
      </TableBody>
    </Table>
  );
}
