"use client";

import { useState } from "react";
import { ActionButton } from "@/components/forms/action-button";
import { ActionsMenu, DialogItems } from "@/components/forms/actions-menu";
import { RelativeTime } from "@/components/time/relative-time";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import type { KeyState, KeyView } from "@/lib/services/sites/read-sites";
import { KeyDialog, type KeyDialogKind } from "./key-dialogs";
import type { SiteProps } from "./site-actions";

const STATE: Record<KeyState, { label: string; variant: BadgeProps["variant"] }> = {
  active: { label: "Active", variant: "success" },
  ending: { label: "Ends", variant: "warning" },
  expired: { label: "Expired", variant: "destructive" },
  disabled: { label: "Disabled", variant: "outline" },
};

const SCOPE_LABEL: Record<string, string> = {
  ingest: "sends events",
  read: "reads events",
  manage: "deals with alerts",
};

/** The keys of one site, each a line. */
export function KeyList(props: SiteProps) {
  const { site } = props;
  if (site.keys.length === 0) {
    return (
      <p className="text-sm text-muted-foreground">No API key: the agents of this site cannot report.</p>
    );
  }
  return (
    <ul aria-label={`API keys of ${site.name}`} className="grid">
      {site.keys.map((key) => (
        <KeyRow key={key.id} {...props} apiKey={key} />
      ))}
    </ul>
  );
}

function KeyRow({ apiKey, zone, ...props }: SiteProps & { apiKey: KeyView }) {
  const { label, variant } = STATE[apiKey.state];
  return (
    <li
      id={`key-${apiKey.id}`}
      className="flex scroll-mt-24 items-start gap-3 border-t py-2.5 text-sm target:bg-accent max-sm:flex-wrap"
    >
      <div className="grid min-w-0 flex-1 gap-x-6 gap-y-1 lg:grid-cols-[1.2fr_1fr_1.6fr]">
        <div className="flex min-w-0 flex-wrap items-center gap-2">
          <span className="font-medium wrap-anywhere">{apiKey.description || `Key ${apiKey.id}`}</span>
          {apiKey.end !== null && (
            <span className="text-muted-foreground">
              <span className="sr-only">ends in </span>
              <code className="font-mono">…{apiKey.end}</code>
            </span>
          )}
          <Badge variant={variant}>
            {label}
            {apiKey.state === "ending" && apiKey.expiresAt !== null && (
              <RelativeTime at={apiKey.expiresAt} zone={zone} />
            )}
          </Badge>
          <span className="text-muted-foreground">
            {apiKey.scopes.map((scope) => SCOPE_LABEL[scope] ?? scope).join(", ")}
          </span>
        </div>
        <div className="text-muted-foreground">
          Last used{" "}
          {apiKey.lastUsedAt === null ? "never" : <RelativeTime at={apiKey.lastUsedAt} zone={zone} />}
        </div>
        <div className="tabular text-muted-foreground">
          Today (UTC): {apiKey.today.accepted.toLocaleString("en")} accepted,{" "}
          {apiKey.today.duplicate.toLocaleString("en")} duplicate,{" "}
          {apiKey.today.rejected.toLocaleString("en")} rejected
        </div>
      </div>
      <KeySwitch {...props} zone={zone} apiKey={apiKey} />
      <KeyMenu {...props} zone={zone} apiKey={apiKey} />
    </li>
  );
}

function KeySwitch({ companyId, apiKey, actions }: SiteProps & { apiKey: KeyView }) {
  const name = apiKey.description || `Key ${apiKey.id}`;
  const verb = apiKey.isActive ? "Disable" : "Enable";
  return (
    <ActionButton
      variant="outline"
      size="sm"
      aria-label={`${verb} key ${name} (${apiKey.id})`}
      action={apiKey.isActive ? actions.disableKeyAction : actions.enableKeyAction}
      hidden={{ companyId, keyId: apiKey.id }}
      done={apiKey.isActive ? "The key is disabled: its agents are refused." : "The key is enabled."}
    >
      {verb}
    </ActionButton>
  );
}

const MENU: readonly { kind: KeyDialogKind; label: string }[] = [
  { kind: "reveal", label: "Show key" },
  { kind: "rotate", label: "Rotate" },
  { kind: "change", label: "Edit" },
  { kind: "delete", label: "Delete" },
];

function KeyMenu({ companyId, apiKey, actions }: SiteProps & { apiKey: KeyView }) {
  const [open, setOpen] = useState<KeyDialogKind | null>(null);
  const name = apiKey.description || `Key ${apiKey.id}`;
  return (
    <>
      <ActionsMenu label={`Actions for key ${name} (${apiKey.id})`}>
        <DialogItems items={MENU} onChoose={setOpen} />
      </ActionsMenu>
      {open && (
        <KeyDialog
          kind={open}
          companyId={companyId}
          apiKey={apiKey}
          name={name}
          actions={actions}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
