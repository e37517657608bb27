export function writePseudoLocale(): Promise<void>;
export function pseudoText(message: string): string;
