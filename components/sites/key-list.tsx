"use client";

import { useTranslations } from "next-intl";
import { ActionButton } from "@/components/forms/action-button";
import { DialogButton } from "@/components/forms/dialog-button";
import { RelativeTime } from "@/components/time/relative-time";
import { Badge, type BadgeProps } from "@/components/ui/badge";
import type { KeyState, KeyView } from "@/lib/services/sites/read-sites";
import { KeyMenu } from "./key-dialogs";
import type { SiteProps } from "./site-actions";

const STATE = {
  active: { label: "active", variant: "success" },
  ending: { label: "expires", variant: "warning" },
  expired: { label: "expired", variant: "destructive" },
  disabled: { label: "disabled", variant: "outline" },
} as const satisfies Record<KeyState, { label: string; variant: BadgeProps["variant"] }>;

const SCOPE = { ingest: "sendsEvents", read: "readsEvents", manage: "managesAlerts" } as const;

function useKeyName({ id, description }: KeyView): string {
  const t = useTranslations("sites");
  return description || t("keyNumber", { id: String(id) });
}

/** The keys of one site, each a line. */
export function KeyList(props: SiteProps) {
  const t = useTranslations("sites");
  const { site } = props;
  if (site.keys.length === 0) return <p className="text-sm text-muted-foreground">{t("noKeys")}</p>;
  return (
    <ul aria-label={t("keysOf", { site: site.name })} className="grid">
      {site.keys.map((key) => (
        <KeyRow key={key.id} {...props} apiKey={key} />
      ))}
    </ul>
  );
}

function KeyRow({ apiKey, zone, ...props }: SiteProps & { apiKey: KeyView }) {
  const t = useTranslations("sites");
  const name = useKeyName(apiKey);
  const { lastUsedAt, end } = apiKey;
  return (
    <li
      id={`key-${apiKey.id}`}
      className="flex scroll-mt-24 items-start gap-3 border-t lg:items-center py-2.5 text-sm target:bg-accent max-sm:flex-wrap"
    >
      <div className="grid min-w-0 flex-1 gap-x-6 gap-y-1 lg:grid-cols-[1.2fr_1fr_1.6fr]">
        <div className="flex min-w-0 flex-wrap items-center gap-2">
          <span className="font-medium wrap-anywhere">{name}</span>
          {end !== null && (
            <span className="text-muted-foreground">
              {t.rich("keyEnd", {
                end,
                hidden: (words) => <span className="sr-only">{words}</span>,
                code: (words) => <code className="font-mono">{words}</code>,
              })}
            </span>
          )}
          <StateBadge apiKey={apiKey} zone={zone} />
          <span className="text-muted-foreground">
            {apiKey.scopes
              .map((scope) => (scope in SCOPE ? t(SCOPE[scope as keyof typeof SCOPE]) : scope))
              .join(", ")}
          </span>
        </div>
        <div className="text-muted-foreground">
          {lastUsedAt === null
            ? t("neverUsed")
            : t.rich("lastUsed", { time: () => <RelativeTime at={lastUsedAt} zone={zone} /> })}
        </div>
        <div className="tabular text-muted-foreground">{t("usage", { ...apiKey.today })}</div>
      </div>
      <KeySwitch {...props} zone={zone} apiKey={apiKey} />
      <KeyMenu {...props} name={name} apiKey={apiKey} />
    </li>
  );
}

function StateBadge({ apiKey, zone }: { apiKey: KeyView; zone: string }) {
  const t = useTranslations("sites");
  const { expiresAt } = apiKey;
  const { label, variant } = STATE[apiKey.state];
  const time = () => expiresAt !== null && <RelativeTime at={expiresAt} zone={zone} />;
  return <Badge variant={variant}>{label === "expires" ? t.rich(label, { time }) : t(label)}</Badge>;
}

function KeySwitch({ companyId, apiKey, actions }: SiteProps & { apiKey: KeyView }) {
  const t = useTranslations("sites");
  const name = useKeyName(apiKey);
  const hidden = { companyId, keyId: apiKey.id };
  const named = { name, id: String(apiKey.id) };
  if (apiKey.isActive) {
    return (
      <DialogButton
        label={t("disable")}
        name={t("disableKey", named)}
        title={t("disableKey", named)}
        description={t("disableKeyNote")}
        action={actions.disableKeyAction}
        hidden={hidden}
        isDestructive
        done={t("keyDisabled")}
      />
    );
  }
  return (
    <ActionButton
      variant="outline"
      size="sm"
      aria-label={t("enableKey", named)}
      action={actions.enableKeyAction}
      hidden={hidden}
      done={t("keyEnabled")}
    >
      {t("enable")}
    </ActionButton>
  );
}
