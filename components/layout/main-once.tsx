"use client";

import { createContext, type ReactNode, useContext } from "react";

/** Whether the portal's frame is around it. */
export const HasMain = createContext(false);

/** The page's main part, in the middle of what is in view; within the portal's frame, which has one, a part of that. */
export function MainOnce({ children }: { children: ReactNode }) {
  return useContext(HasMain) ? (
    <div className="grid min-h-[calc(100dvh-8rem)] place-items-center">{children}</div>
  ) : (
    <main className="grid min-h-dvh place-items-center">{children}</main>
  );
}
