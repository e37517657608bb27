"use client";

import { useEffect } from "react";
import { endExports } from "./under-way";

/** In the layout of the portal, which goes when the person signs out: no export outlives it. */
export function EndExports() {
  useEffect(() => endExports, []);
  return null;
}
