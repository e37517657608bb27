"use client";

import { type ReactNode, useEffect, useState } from "react";
import { leaveBy } from "./leaving";

interface LateProps<Code> {
  isWanted: boolean;
  /** A constant of the module. */
  load: () => Promise<Code>;
  /** What stands there until the code has come. */
  before?: ReactNode;
  children: (code: Code) => ReactNode;
}

/** Draws with code that is fetched once it is wanted, such as a dialog's, and keeps it from then on. */
export function Late<Code>({ isWanted, load, before = null, children }: LateProps<Code>) {
  const [code, setCode] = useState<Code | null>(null);
  useEffect(() => {
    if (!isWanted || code) return;
    let isCurrent = true;
    // A closing menu restores focus in the next task; open after that.
    const draw = (loaded: Code) => setTimeout(() => isCurrent && setCode(() => loaded));
    load().then(draw, readPageAnew);
    return () => {
      isCurrent = false;
    };
  }, [isWanted, code, load]);
  return code ? children(code) : before;
}

/** The code of another version of the portal is gone, so the page must be that of the present one. */
export function readPageAnew(): void {
  leaveBy(() => window.location.reload());
}
