import { useTranslations } from "next-intl";
import type { EventKind } from "@/lib/domain/events/kinds";
import { KindIcon, kindTextColour } from "./kind-icon";

interface KindBadgeProps {
  kind: EventKind;
  /** The agent's own word, shown where it tells more than the kind: on hover, and as the word of kind "other". */
  eventType?: string;
}

/** Icon, word and colour of an event's kind. */
export function KindBadge({ kind, eventType }: KindBadgeProps) {
  const t = useTranslations("eventKinds");
  const word = kind === "other" && eventType ? eventType : t(kind);
  return (
    <span
      data-slot="kind-badge"
      title={eventType && eventType !== word ? t("sentAs", { type: eventType }) : undefined}
      style={{
        color: kindTextColour(kind),
        backgroundColor: `color-mix(in oklab, ${kindTextColour(kind)} 10%, transparent)`,
      }}
      className="inline-flex h-6 max-w-56 max-[359px]:max-w-full items-center gap-1.5 rounded-md px-1.5 text-xs font-medium whitespace-nowrap"
    >
      <KindIcon kind={kind} className="size-3.5 shrink-0" />
      <span className="truncate">{word}</span>
    </span>
  );
}
