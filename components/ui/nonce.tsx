"use client";

import { createContext, type ReactNode, useContext } from "react";

const NonceContext = createContext<string | undefined>(undefined);

export function NonceProvider({ nonce, children }: { nonce?: string; children: ReactNode }) {
  return <NonceContext value={nonce}>{children}</NonceContext>;
}

/** The page's CSP nonce, for the few places that write a script or style element themselves. */
export function useNonce(): string | undefined {
  return useContext(NonceContext);
}
