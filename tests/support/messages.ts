/** The texts of a catalog by their keys. */
export function textLeaves(tree: object, prefix = ""): [string, string][] {
  return Object.entries(tree).flatMap(([name, value]: [string, unknown]) =>
    typeof value === "string"
      ? [[prefix + name, value] as const]
      : textLeaves(value as object, `${prefix}${name}.`),
  ) as [string, string][];
}

/** The names of the values and tags in an ICU message. */
export function wantedBy(message: string): string[] {
  const names = new Set([...message.matchAll(/<(\w+)>/g)].map(([, tag]) => tag!));
  let at = 0;
  const readText = (isInner: boolean) => {
    while (at < message.length) {
      const sign = message[at++];
      if (sign === "{") readArgument();
      if (sign === "}" && isInner) return;
    }
  };
  const readArgument = () => {
    const [, name, , type] = /^\s*(\w+)\s*(,\s*(\w+))?/.exec(message.slice(at))!;
    names.add(name!);
    const isChoice = type === "plural" || type === "select" || type === "selectordinal";
    while (at < message.length) {
      const sign = message[at++];
      if (sign === "{" && isChoice) readText(true);
      if (sign === "}") return;
    }
  };
  readText(false);
  return [...names].toSorted();
}
