"use client";

import { RotateCw, TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Button } from "./button";
import { CopyButton } from "./copy-button";
import { StateBox } from "./empty-state";

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

export function ErrorState({ requestId, onRetry, isRetrying, actions, ...state }: ErrorStateProps) {
  const t = useTranslations("ui");
  return (
    <StateBox
      {...state}
      slot="error-state"
      role="alert"
      icon={<TriangleAlert className="size-5" />}
      iconClassName="text-destructive-text"
    >
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
    </StateBox>
  );
}
