import { formatNumber } from "@/components/ui/format-number";
import { useTranslations } from "next-intl";
import { cn } from "@/components/ui/cn";
import type { EventKind } from "@/lib/domain/events/kinds";
import { kindFillColour, KindIcon } from "./kind-icon";

interface KindLegendProps {
  kinds: readonly EventKind[];
  /** A number behind each word. */
  counts: Partial<Record<EventKind, number>>;
  /** Each word is a switch that shows or hides its kind. */
  hidden: ReadonlySet<EventKind>;
  onToggle: (kind: EventKind) => void;
}

/** What the colours of a chart or timeline mean. */
export function KindLegend({ kinds, counts, hidden, onToggle }: KindLegendProps) {
  const t = useTranslations("eventKinds");
  return (
    <ul aria-label={t("legend")} className="flex flex-wrap gap-x-3 gap-y-1 text-xs">
      {kinds.map((kind) => {
        const isHidden = hidden.has(kind);
        return (
          <li key={kind}>
            <button
              type="button"
              aria-pressed={!isHidden}
              onClick={() => onToggle(kind)}
              className={cn(
                "flex h-6 items-center gap-1.5 rounded-sm px-1",
                isHidden && "text-muted-foreground line-through",
              )}
            >
              <LegendEntry kind={kind} count={counts[kind]} />
            </button>
          </li>
        );
      })}
    </ul>
  );
}

function LegendEntry({ kind, count }: { kind: EventKind; count?: number }) {
  const t = useTranslations("eventKinds");
  return (
    <>
      <span aria-hidden className="size-2.5 rounded-xs" style={{ backgroundColor: kindFillColour(kind) }} />
      <KindIcon kind={kind} className="size-3.5" />
      {t(kind)}
      {count !== undefined && <span className="tabular text-muted-foreground">{formatNumber(count)}</span>}
    </>
  );
}
