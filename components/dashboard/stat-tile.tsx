import { formatNumber } from "@/components/ui/format-number";
import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { Link } from "@/components/ui/link";
import { cn } from "@/components/ui/cn";

interface StatTileProps {
  label: string;
  value: number;
  /** Below: what the number is made of. */
  detail?: ReactNode;
  icon: LucideIcon;
  /** Where what is counted is listed. */
  href: string;
  /** A state worth a second look; said by the detail too, never by colour alone. */
  tone?: "neutral" | "alert";
}

export function StatTile({ label, value, detail, icon: Icon, href, tone = "neutral" }: StatTileProps) {
  const isAlert = tone === "alert" && value > 0;
  return (
    <div className="relative row-span-3 grid min-w-0 grid-rows-subgrid gap-1 rounded-lg border bg-card p-4 hover:bg-muted/60">
      <dt className="flex items-start gap-2 text-sm text-muted-foreground">
        <Icon aria-hidden className="mt-0.5 size-4 shrink-0" />
        {/* The link is as large as its tile. */}
        <Link
          href={href}
          className="min-w-0 wrap-break-word lang-de:hyphens-auto after:absolute after:inset-0 after:rounded-lg hover:underline"
        >
          {label}
        </Link>
      </dt>
      <dd
        className={cn(
          "text-2xl font-semibold tracking-tight tabular-nums",
          isAlert && "text-destructive-text",
        )}
      >
        {formatNumber(value)}
      </dd>
      {detail && <dd className="text-xs wrap-break-word text-muted-foreground">{detail}</dd>}
    </div>
  );
}
