"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/forms/form";
import { Link } from "@/components/ui/link";
import { LinkButton } from "@/components/ui/link-button";
import { type ReactNode } from "react";
import { PortalAddressNote, usePortalAddress } from "@/components/layout/portal-address";
import { LiveSign } from "@/components/live/live-sign";
import { useLivePage } from "@/components/live/use-live-page";
import { FormMessage } from "@/components/forms/form-message";
import { useServerAction } from "@/components/forms/use-server-action";
import { Button } from "@/components/ui/button";
import { TitledCard } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { curlLine, powerShellLines } from "./first-event-commands";
import type { FormAction } from "@/lib/domain/form-result";
import type { RevealedKey } from "@/lib/services/sites/change-key";

interface FirstEventProps {
  /** Epoch milliseconds. */
  readAt: number;
  /** The portal's public address; null while it isn't set. */
  serverUrl: string | null;
  companyRef: string;
  /** The key to show on demand; null when there is none to show. */
  firstKey: { companyId: number; keyId: number; siteName: string } | null;
  lack: "permission" | "key" | "company" | null;
  choices: readonly { id: number; name: string }[];
  revealAction: FormAction<RevealedKey>;
}

const MASKED_KEY = "•".repeat(24);

/**
 * Before the first event: how to send one, with the real address and, once shown, the real key. The list takes its
 * place by itself when an event arrives.
 */
export function FirstEvent(props: FirstEventProps) {
  const { serverUrl, companyRef, firstKey, revealAction } = props;
  const t = useTranslations("firstEvent");
  const [state, reveal, isPending] = useServerAction(revealAction);
  const [address, apiKey] = [usePortalAddress(serverUrl), state.result?.key ?? MASKED_KEY];
  const liveState = useLivePage({ companyRef, isOn: true, readAt: props.readAt, pauseMilliseconds: 1_500 });
  return (
    <TitledCard
      className="max-w-3xl"
      title={t("title")}
      description={t.rich("install", {
        link: (words) =>
          props.lack === "permission" ? words : <AgentLink companyRef={companyRef}>{words}</AgentLink>,
      })}
      contentClassName="grid min-w-0 gap-3"
    >
      <PortalAddressNote publicUrl={serverUrl} />
      <h3 className="text-sm font-medium">{t("powerShell")}</h3>
      <CodeBlock label={t("powerShellCommand")} code={powerShellLines(address, apiKey)} />
      <h3 className="text-sm font-medium">{t("curl")}</h3>
      <CodeBlock label={t("curlCommand")} code={curlLine(address, apiKey)} />
      <FormMessage state={state} />
      {firstKey && !state.result && (
        <Form state={state} action={reveal} className="flex flex-wrap items-center gap-3">
          <input type="hidden" name="companyId" value={firstKey.companyId} />
          <input type="hidden" name="keyId" value={firstKey.keyId} />
          <Button type="submit" variant="outline" isPending={isPending}>
            {t("showKey")}
          </Button>
          <span className="text-sm text-muted-foreground">
            {t("showKeyNote", { site: firstKey.siteName })}
          </span>
        </Form>
      )}
      <WhereToGetAKey {...props} />
      <LiveSign state={liveState} />
    </TitledCard>
  );
}

function AgentLink({ companyRef, children }: { companyRef: string; children: ReactNode }) {
  return (
    <Link href={`/${companyRef}/agent`} className="link">
      {children}
    </Link>
  );
}

function WhereToGetAKey({ lack, choices }: FirstEventProps) {
  const t = useTranslations("firstEvent");
  if (lack === null) return null;
  if (lack !== "company") {
    return (
      <p className="text-sm text-muted-foreground">{lack === "permission" ? t("askAdmin") : t("noKey")}</p>
    );
  }
  return (
    <div className="grid gap-2 text-sm text-muted-foreground">
      <p>{t("chooseCompany")}</p>
      <ul className="flex flex-wrap gap-2">
        {choices.slice(0, 20).map(({ id, name }) => (
          <li key={id}>
            <LinkButton href={`/${id}/events`} size="sm">
              {name}
            </LinkButton>
          </li>
        ))}
      </ul>
    </div>
  );
}
