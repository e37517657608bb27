import { ListChecks, type LucideIcon, X } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { useKeptPlace } from "@/components/forms/use-kept-place";
import { Button } from "@/components/ui/button";
import type { Choice } from "./choose-column";

interface BulkBarProps<Id> extends Choice<Id> {
  /** The name of the region. */
  label: string;
  /** The rows of the page that can be chosen. */
  ids: readonly Id[];
  /** What can be done with those that are chosen. */
  children: ReactNode;
}

/**
 * Below a list while rows of it are chosen. It stays in view, and no row moves when it comes. On a phone it is one line,
 * and on the lowest screens it doesn't cover the list.
 */
export function BulkBar<Id>({ label, ids, chosen, onChoose, children }: BulkBarProps<Id>) {
  const t = useTranslations("lists");
  const count = ids.filter((id) => chosen.has(id)).length;
  if (count === 0) return null;
  return (
    <section
      aria-label={label}
      data-slot="bulk-bar"
      data-print="hide"
      className="sticky bottom-2 z-20 flex items-center gap-2 rounded-lg border bg-popover px-3 py-2 shadow-lg *:shrink-0 max-md:overflow-x-auto md:flex-wrap [@media(max-height:30rem)]:static"
    >
      <output className="text-sm">{t("selectedCount", { count })}</output>
      {children}
      {/* On a wide screen, the box in the list's header does so. */}
      {count < ids.length && (
        <ChoosingButton
          className="md:hidden"
          icon={ListChecks}
          words={t("selectAll")}
          onClick={() => onChoose(new Set(ids))}
        />
      )}
      <ChoosingButton icon={X} words={t("clearSelection")} onClick={() => onChoose(new Set())} />
    </section>
  );
}

interface ChoosingButtonProps extends Pick<ComponentProps<typeof Button>, "className" | "onClick"> {
  icon: LucideIcon;
  words: string;
}

/** An icon on a phone. It goes as it is pressed, and the focus goes to what is near. */
function ChoosingButton({ icon: Icon, words, ...props }: ChoosingButtonProps) {
  return (
    <Button ref={useKeptPlace()} size="sm" variant="ghost" title={words} {...props}>
      <Icon aria-hidden className="md:hidden" />
      <span className="max-md:sr-only">{words}</span>
    </Button>
  );
}
