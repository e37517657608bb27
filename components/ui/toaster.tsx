"use client";

import { useSyncExternalStore } from "react";
import { toastsWanted } from "./toast";
import { Late } from "./late";

const loadToasts = () => import("./sonner").then((module) => module.Toasts);

/** Where toasts are drawn, from the first one on. */
export function Toaster() {
  const isWanted = useSyncExternalStore(toastsWanted.subscribe, toastsWanted.read, () => false);
  return (
    <Late isWanted={isWanted} load={loadToasts}>
      {(Toasts) => <Toasts />}
    </Late>
  );
}
