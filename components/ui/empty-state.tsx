import type { LucideIcon } from "lucide-react";
import type { ReactNode } from "react";
import { cn } from "./cn";

interface EmptyStateProps {
  /** An icon of lucide-react as an element, or the component itself where no server boundary is crossed. */
  icon?: LucideIcon;
  title: string;
  /** What to do next, in a sentence. */
  description?: ReactNode;
  /** Buttons or links for the next step. */
  actions?: ReactNode;
  className?: string;
  children?: ReactNode;
}

export function EmptyState({
  icon: Icon,
  title,
  description,
  actions,
  className,
  children,
}: EmptyStateProps) {
  return (
    <div
      data-slot="empty-state"
      className={cn(
        "flex min-w-0 flex-col items-center justify-center gap-3 px-4 py-10 text-center",
        className,
      )}
    >
      {Icon && (
        <span
          aria-hidden
          className="grid size-10 place-items-center rounded-lg border bg-muted text-muted-foreground"
        >
          <Icon className="size-5" />
        </span>
      )}
      <div className="grid gap-1">
        <p className="text-sm font-semibold">{title}</p>
        {description && (
          <div className="max-w-prose text-sm text-balance text-muted-foreground">{description}</div>
        )}
      </div>
      {actions && <div className="flex flex-wrap justify-center gap-2">{actions}</div>}
      {children}
    </div>
  );
}
