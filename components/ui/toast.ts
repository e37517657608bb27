"use client";

import type { ExternalToast } from "sonner";

type Sonner = typeof import("sonner").toast;
type Kind = "success" | "info" | "error" | "loading";

let lastId = 0;
let isWanted = false;
let tellWanted: () => void = () => undefined;
let tellReady: (sonner: Sonner) => void = () => undefined;
const ready = new Promise<Sonner>((resolve) => {
  tellReady = resolve;
});

/** Whether a toast has been asked for, for the place where they are drawn. */
export const toastsWanted = {
  subscribe: (onChange: () => void) => {
    tellWanted = onChange;
    return () => {
      tellWanted = () => undefined;
    };
  },
  read: () => isWanted,
};

/** Called once the place where toasts are drawn listens; those that were asked for before come now. */
export function toastsAreReady(sonner: Sonner): void {
  tellReady(sonner);
}

function tell(kind: Kind, message: string, options: ExternalToast = {}): string | number {
  const id = options.id ?? `toast-${(lastId += 1)}`;
  isWanted = true;
  tellWanted();
  void ready.then((sonner) => sonner[kind](message, { ...options, id }));
  return id;
}

/** Says something at the edge of the page. The library that draws it is fetched with the first. */
export const toast = {
  success: (message: string, options?: ExternalToast) => tell("success", message, options),
  info: (message: string, options?: ExternalToast) => tell("info", message, options),
  error: (message: string, options?: ExternalToast) => tell("error", message, options),
  loading: (message: string, options?: ExternalToast) => tell("loading", message, options),
};
