"use client";

import { useCallback, useMemo, useSyncExternalStore } from "react";

export type Density = "compact" | "comfortable";

/** What a person chose for one table. Only what differs from the table's own defaults is kept. */
export interface TablePreferences {
  columns: Readonly<Record<string, boolean>>;
  density: Density;
}

const nothingChosen: TablePreferences = { columns: {}, density: "compact" };
const changed = "winauthmon:table-preferences";

export function preferencesKey(storageKey: string): string {
  return `winauthmon:table:${storageKey}`;
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener("storage", onChange);
  window.addEventListener(changed, onChange);
  return () => {
    window.removeEventListener("storage", onChange);
    window.removeEventListener(changed, onChange);
  };
}

function read(key: string): string {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

function isChoices(value: unknown): value is Record<string, boolean> {
  return (
    typeof value === "object" &&
    value !== null &&
    Object.values(value).every((shown) => typeof shown === "boolean")
  );
}

/** Anything unreadable counts as nothing chosen. */
export function parsePreferences(text: string): TablePreferences {
  if (text === "") return nothingChosen;
  try {
    const stored = JSON.parse(text) as Partial<Record<keyof TablePreferences, unknown>> | null;
    return {
      columns: isChoices(stored?.columns) ? stored.columns : {},
      density: stored?.density === "comfortable" ? "comfortable" : "compact",
    };
  } catch {
    return nothingChosen;
  }
}

/**
 * The choices kept in localStorage under the table's key, shared by all open tabs.
 *
 * `preferences` is null on the server and while React takes over its HTML, where the choices are unknown.
 */
export function useTablePreferences(storageKey: string) {
  const key = preferencesKey(storageKey);
  const text = useSyncExternalStore<string | null>(
    subscribe,
    () => read(key),
    () => null,
  );
  const preferences = useMemo(() => (text === null ? null : parsePreferences(text)), [text]);

  const change = useCallback(
    (patch: Partial<TablePreferences>) => {
      const next = { ...parsePreferences(read(key)), ...patch };
      try {
        localStorage.setItem(key, JSON.stringify(next));
      } catch {
        // Storage is full or forbidden: the choice is lost on reload, the table stays usable.
      }
      window.dispatchEvent(new Event(changed));
    },
    [key],
  );
  return { preferences, change };
}
