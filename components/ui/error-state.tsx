"use client";

import { RotateCw, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button";
import { cn } from "./cn";
import { CopyButton } from "./copy-button";

interface ErrorStateProps {
  /** What happened, in plain words: "The events could not be loaded". */
  title: string;
  /** What to do next. */
  description?: ReactNode;
  /** Under this id an administrator finds the whole error in the error log. */
  requestId?: string;
  onRetry?: () => void;
  isRetrying?: boolean;
  actions?: ReactNode;
  className?: string;
}

export function ErrorState({
  title,
  description,
  requestId,
  onRetry,
  isRetrying,
  actions,
  className,
}: ErrorStateProps) {
  const t = useTranslations("ui");
  return (
    <div
      data-slot="error-state"
      role="alert"
      className={cn(
        "flex min-w-0 flex-col items-center justify-center gap-3 px-4 py-10 text-center",
        className,
      )}
    >
      <span aria-hidden className="grid size-10 place-items-center rounded-lg border text-destructive-text">
        <TriangleAlert className="size-5" />
      </span>
      <div className="grid gap-1">
        <p className="text-sm font-semibold">{title}</p>
        {description && (
          <div className="max-w-prose text-sm text-balance text-muted-foreground">{description}</div>
        )}
      </div>
      {requestId && (
        <p className="flex max-w-full items-center gap-1 text-xs text-muted-foreground">
          {t("requestId")} <code className="truncate font-mono text-foreground">{requestId}</code>
          <CopyButton value={requestId} label={t("copyRequestId")} size="icon-xs" />
        </p>
      )}
      {(onRetry || actions) && (
        <div className="flex flex-wrap justify-center gap-2">
          {onRetry && (
            <Button variant="outline" onClick={onRetry} isPending={isRetrying}>
              {!isRetrying && <RotateCw aria-hidden />}
              {t("tryAgain")}
            </Button>
          )}
          {actions}
        </div>
      )}
    </div>
  );
}
