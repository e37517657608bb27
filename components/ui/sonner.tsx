"use client";

import { CircleCheck, Info, LoaderCircle, OctagonX, TriangleAlert } from "lucide-react";
import { useTheme } from "next-themes";
import { type CSSProperties, useEffect } from "react";
import { Toaster as Sonner, toast } from "sonner";
import { THEMES } from "@/lib/domain/themes";
import { toastsAreReady } from "./toast";

/** Drawn by Toaster. */
export function Toasts() {
  const { theme } = useTheme();
  // After the effects of what is drawn below, which then listens.
  useEffect(() => toastsAreReady(toast), []);
  return (
    <Sonner
      theme={THEMES.find((known) => known === theme) ?? "dark"}
      className="toaster group print:hidden!"
      closeButton
      icons={{
        success: <CircleCheck className="size-4" />,
        info: <Info className="size-4" />,
        warning: <TriangleAlert className="size-4" />,
        error: <OctagonX className="size-4" />,
        loading: <LoaderCircle className="size-4 animate-spin" />,
      }}
      style={
        {
          // The page's own; the library sets another.
          fontFamily: "inherit",
          "--normal-bg": "var(--popover)",
          "--normal-text": "var(--popover-foreground)",
          "--normal-border": "var(--border)",
          "--border-radius": "var(--radius)",
        } as CSSProperties
      }
    />
  );
}
