import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
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

/** Below a list while rows of it are chosen. It stays in view, and no row moves when it comes. */
export function BulkBar<Id>({ label, ids, chosen, onChoose, children }: BulkBarProps<Id>) {
  const t = useTranslations("lists");
  const count = ids.filter((id) => chosen.has(id)).length;
  if (count === 0) return null;
  return (
    <section
      aria-label={label}
      className="sticky bottom-2 z-20 flex flex-wrap items-center gap-2 rounded-lg border bg-popover px-3 py-2 shadow-lg"
    >
      <output className="text-sm">{t("selectedCount", { count })}</output>
      {children}
      {/* On a wide screen, the box in the list's header does so. */}
      {count < ids.length && (
        <Button size="sm" variant="ghost" className="md:hidden" onClick={() => onChoose(new Set(ids))}>
          {t("selectAll")}
        </Button>
      )}
      <Button size="sm" variant="ghost" onClick={() => onChoose(new Set())}>
        {t("clearSelection")}
      </Button>
    </section>
  );
}
