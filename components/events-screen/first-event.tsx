"use client";

import { useActionState } from "react";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";

interface RevealState {
  status: "idle" | "done" | "error";
  message?: string;
  result?: { id: number; key: string };
}

interface FirstEventProps {
  serverUrl: string;
  /** The key to show on demand; null for those who may not see keys. */
  firstKey: { companyId: number; keyId: number; siteName: string } | null;
  revealAction: (state: RevealState, form: FormData) => Promise<RevealState>;
}

const MASKED_KEY = "•".repeat(24);

function curlLine(serverUrl: string, apiKey: string): string {
  const body =
    '{"EventType":"Logon","UserName":"anna","ComputerName":"PC-01","Timestamp":"\'$(date -u +%FT%TZ)\'"}';
  return `curl -X POST ${serverUrl}/api/log_event \\\n  -H "X-API-Key: ${apiKey}" \\\n  -d '${body}'`;
}

/** Before the first event: how to send one, with the real address and, once shown, the real key. */
export function FirstEvent({ serverUrl, firstKey, revealAction }: FirstEventProps) {
  const [state, reveal, isPending] = useActionState(revealAction, { status: "idle" });
  return (
    <Card className="max-w-3xl">
      <CardHeader>
        <CardTitle>No events yet</CardTitle>
        <CardDescription>
          Install the agent on a Windows computer, or send a first event by hand from any shell. It appears
          here within a second.
        </CardDescription>
      </CardHeader>
      <CardContent className="grid gap-3">
        <CodeBlock label="command" code={curlLine(serverUrl, state.result?.key ?? MASKED_KEY)} />
        {state.status === "error" && state.message && (
          <Alert variant="destructive" role="alert">
            <AlertDescription>{state.message}</AlertDescription>
          </Alert>
        )}
        {firstKey ? (
          !state.result && (
            <form action={reveal} className="flex flex-wrap items-center gap-3">
              <input type="hidden" name="companyId" value={firstKey.companyId} />
              <input type="hidden" name="keyId" value={firstKey.keyId} />
              <Button type="submit" variant="outline" disabled={isPending}>
                Show key
              </Button>
              <span className="text-sm text-muted-foreground">
                The key of site {firstKey.siteName}. Showing it is noted in the audit trail.
              </span>
            </form>
          )
        ) : (
          <p className="text-sm text-muted-foreground">
            Ask an administrator of the company for a site&apos;s API key and put it in place of the dots.
          </p>
        )}
      </CardContent>
    </Card>
  );
}
