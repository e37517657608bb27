export function writePseudoLocale(): Promise<void>;
export function pseudoText(message: string): string;

export function pseudoTexts<Tree extends object>(tree: Tree): Tree;
