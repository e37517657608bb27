"use client";

import { Form } from "@/components/forms/form";
import { Link } from "@/components/ui/link";
import { useActionState } from "react";
import { EXAMPLE_URL, NoPublicUrl } from "@/components/layout/no-public-url";
import { LiveSign } from "@/components/live/live-sign";
import { useLivePage } from "@/components/live/use-live-page";
import { FormMessage } from "@/components/forms/form-message";
import { withProof } from "@/components/forms/with-proof";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import type { FormAction } from "@/lib/domain/form-result";
import type { RevealedKey } from "@/lib/services/sites/change-key";

interface FirstEventProps {
  /** Epoch milliseconds. */
  readAt: number;
  /** The portal's public address; null when nobody has told it. */
  serverUrl: string | null;
  companyRef: string;
  /** The key to show on demand; null when there is none to show. */
  firstKey: { companyId: number; keyId: number; siteName: string } | null;
  lack: "permission" | "key" | "company" | null;
  choices: readonly { id: number; name: string }[];
  revealAction: FormAction<RevealedKey>;
}

const MASKED_KEY = "•".repeat(24);

function curlLine(serverUrl: string, apiKey: string): string {
  const body =
    '{"EventType":"Logon","UserName":"anna","ComputerName":"PC-01","Timestamp":"\'$(date -u +%FT%TZ)\'"}';
  return `curl -X POST ${serverUrl}/api/log_event \\\n  -H "X-API-Key: ${apiKey}" \\\n  -d '${body}'`;
}

/** For Windows PowerShell 5.1 as well as later ones. */
function powerShellLines(serverUrl: string, apiKey: string): string {
  return [
    "$body = @{",
    '  EventType = "Logon"; UserName = "anna"; ComputerName = "PC-01"',
    '  Timestamp = (Get-Date).ToUniversalTime().ToString("o")',
    "} | ConvertTo-Json",
    `Invoke-RestMethod -Method Post -Uri "${serverUrl}/api/log_event" -ContentType "application/json" \``,
    `  -Headers @{ "X-API-Key" = "${apiKey}" } -Body $body`,
  ].join("\n");
}

/**
 * Before the first event: how to send one, with the real address and, once shown, the real key. The list takes its
 * place by itself when an event arrives.
 */
export function FirstEvent(props: FirstEventProps) {
  const { serverUrl, companyRef, firstKey, revealAction } = props;
  const [state, reveal, isPending] = useActionState(withProof(revealAction), { status: "idle" });
  const [address, apiKey] = [serverUrl ?? EXAMPLE_URL, state.result?.key ?? MASKED_KEY];
  const liveState = useLivePage({ companyRef, isOn: true, readAt: props.readAt, pauseMilliseconds: 1_500 });
  return (
    <Card className="max-w-3xl">
      <CardHeader>
        <CardTitle>No events yet</CardTitle>
        <CardDescription>
          {props.lack === "permission" ? "Install the agent" : <AgentLink companyRef={companyRef} />} on a
          Windows computer, or send a first event by hand from any shell. It appears here within a second.
        </CardDescription>
      </CardHeader>
      <CardContent className="grid min-w-0 gap-3">
        {serverUrl === null && <NoPublicUrl consequence={`The commands say ${EXAMPLE_URL} instead.`} />}
        <h3 className="text-sm font-medium">Windows PowerShell</h3>
        <CodeBlock label="PowerShell command" code={powerShellLines(address, apiKey)} />
        <h3 className="text-sm font-medium">curl</h3>
        <CodeBlock label="curl command" code={curlLine(address, apiKey)} />
        <FormMessage state={state} />
        {firstKey && !state.result && (
          <Form state={state} action={reveal} className="flex flex-wrap items-center gap-3">
            <input type="hidden" name="companyId" value={firstKey.companyId} />
            <input type="hidden" name="keyId" value={firstKey.keyId} />
            <Button type="submit" variant="outline" isPending={isPending}>
              Show key
            </Button>
            <span className="text-sm text-muted-foreground">
              The key of site {firstKey.siteName}. Showing it is noted in the audit trail.
            </span>
          </Form>
        )}
        <WhereToGetAKey {...props} />
        <LiveSign state={liveState} />
      </CardContent>
    </Card>
  );
}

function AgentLink({ companyRef }: { companyRef: string }) {
  return (
    <Link href={`/${companyRef}/agent`} className="link">
      Install the agent
    </Link>
  );
}

function WhereToGetAKey({ lack, choices }: FirstEventProps) {
  if (lack === null) return null;
  if (lack !== "company") {
    return (
      <p className="text-sm text-muted-foreground">
        {lack === "permission"
          ? "Ask an administrator of the company for a site's API key and put it in place of the dots."
          : "No site of this company has an API key that works now. Make one, and put it in place of the dots."}
      </p>
    );
  }
  return (
    <div className="grid gap-2 text-sm text-muted-foreground">
      <p>An API key belongs to a site of one company. Choose whose key to send with:</p>
      <ul className="flex flex-wrap gap-2">
        {choices.slice(0, 20).map(({ id, name }) => (
          <li key={id}>
            <Button asChild variant="outline" size="sm">
              <Link href={`/${id}/events`}>{name}</Link>
            </Button>
          </li>
        ))}
      </ul>
    </div>
  );
}
