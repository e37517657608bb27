"use client";

import { useEffect } from "react";
import { endExports } from "./under-way";

/** On the sign-in page, which only a person without a session sees: no export outlives the session. */
export function EndExports() {
  useEffect(endExports, []);
  return null;
}
