"use client";

import type { RowData } from "@tanstack/react-table";
import { useLayoutEffect } from "react";
import { useNonce } from "@/components/ui/nonce";
import { canHide, type DataTableColumn } from "./column";
import { preferencesKey } from "./use-table-preferences";

declare global {
  interface Window {
    winauthmonTableSheets?: Record<string, CSSStyleSheet>;
  }
}

/** Runs in the page before the table is painted. A constructed style sheet needs no CSP allowance of its own. */
function hideEarly(key: string, scope: string, columns: [string, boolean][]) {
  let chosen: Record<string, boolean> = {};
  let density = "";
  try {
    const stored = JSON.parse(localStorage.getItem(key) ?? "{}");
    chosen = stored.columns ?? {};
    density = stored.density;
  } catch {
    chosen = {};
  }
  const within = `[data-table-scope="${scope}"]`;
  let rules = density === "comfortable" ? `${within}{--row-height:2.75rem}` : "";
  for (const [id, isHiddenAtFirst] of columns) {
    if (!(chosen[id] ?? !isHiddenAtFirst)) rules += `${within} [data-column="${id}"]{display:none}`;
  }
  const sheet = new CSSStyleSheet();
  sheet.replaceSync(rules);
  document.adoptedStyleSheets = [...document.adoptedStyleSheets, sheet];
  window.winauthmonTableSheets = { ...window.winauthmonTableSheets, [scope]: sheet };
}

interface EarlyColumnsProps<Row extends RowData> {
  storageKey: string;
  scope: string;
  columns: readonly DataTableColumn<Row>[];
  /** True once React itself knows the choices. */
  isKnown: boolean;
}

/**
 * Keeps hidden columns hidden from the first paint on.
 *
 * The server cannot read localStorage, so it draws every column; this script hides them by CSS until React
 * has taken over and leaves them out itself.
 */
export function EarlyColumns<Row extends RowData>({
  storageKey,
  scope,
  columns,
  isKnown,
}: EarlyColumnsProps<Row>) {
  const nonce = useNonce();
  useLayoutEffect(() => {
    const sheet = window.winauthmonTableSheets?.[scope];
    if (!isKnown || !sheet) return;
    document.adoptedStyleSheets = document.adoptedStyleSheets.filter((other) => other !== sheet);
    delete window.winauthmonTableSheets?.[scope];
  }, [isKnown, scope]);

  const script = typeof window === "undefined" ? earlyScript(storageKey, scope, columns, nonce) : "";
  // React would warn of a script element drawn in the browser; as inner HTML it exists on the server only.
  return <div hidden suppressHydrationWarning dangerouslySetInnerHTML={{ __html: script }} />;
}

function earlyScript<Row extends RowData>(
  storageKey: string,
  scope: string,
  columns: readonly DataTableColumn<Row>[],
  nonce: string | undefined,
): string {
  const hideable = columns.filter(canHide).map((column) => [column.id, Boolean(column.isHiddenAtFirst)]);
  const args = [preferencesKey(storageKey), scope, hideable].map((arg) => JSON.stringify(arg)).join(",");
  const attribute = nonce ? ` nonce="${nonce.replaceAll(/[^\w+/=-]/g, "")}"` : "";
  return `<script${attribute}>(${hideEarly.toString()})(${args.replaceAll("<", String.raw`\u003c`)})</script>`;
}
