import type { ReactNode } from "react";

/** The part of a button's text that only screen readers tell, because the eye sees what the button is about. */
export const hidden = (words: ReactNode) => <span className="sr-only">{words}</span>;
