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

export function EmptyState({ icon: Icon, actions, children, ...state }: EmptyStateProps) {
  return (
    <StateBox
      {...state}
      slot="empty-state"
      icon={Icon && <Icon className="size-5" />}
      iconClassName="bg-muted text-muted-foreground"
    >
      {actions && <div className="flex flex-wrap justify-center gap-2">{actions}</div>}
      {children}
    </StateBox>
  );
}

interface StateBoxProps extends Pick<EmptyStateProps, "title" | "description" | "className" | "children"> {
  slot: string;
  role?: "alert";
  icon: ReactNode;
  iconClassName: string;
}

/** Stands where content would: an icon, what is the matter and what to do. */
export function StateBox(props: StateBoxProps) {
  const { slot, role, icon, iconClassName, title, description, className, children } = props;
  return (
    <div
      data-slot={slot}
      role={role}
      className={cn(
        "flex min-w-0 flex-col items-center justify-center gap-3 px-4 py-10 text-center",
        className,
      )}
    >
      {icon && (
        <span aria-hidden className={cn("grid size-10 place-items-center rounded-lg border", iconClassName)}>
          {icon}
        </span>
      )}
      <div className="grid gap-1">
        <p className="text-sm font-semibold">{title}</p>
        {description && (
          <div className="max-w-prose text-sm text-balance text-muted-foreground">{description}</div>
        )}
      </div>
      {children}
    </div>
  );
}
