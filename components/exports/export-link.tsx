"use client";

import type { ComponentProps } from "react";
import { useExport } from "./use-export";

interface ExportLinkProps extends Omit<ComponentProps<"a">, "download"> {
  href: string;
  /** The format's name, for what is said while the file comes. */
  format: string;
  onStart?: () => void;
}

/**
 * A link to a file that is fetched by the page, so that a refusal is said and not saved as the file. With a key held it
 * opens in another tab.
 */
export function ExportLink({ href, format, onStart, onClick, children, ...props }: ExportLinkProps) {
  const startExport = useExport();
  return (
    <a
      {...props}
      href={href}
      download
      onClick={(event) => {
        if (event.ctrlKey || event.metaKey || event.shiftKey) return onClick?.(event);
        event.preventDefault();
        onStart?.();
        startExport(href, format);
      }}
    >
      {children}
    </a>
  );
}
