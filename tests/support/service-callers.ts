import type { ParsedFile } from "./parsed-source";

/** A file's statements at the top level, without its imports and comments. */
export function statementsOf(source: string): string[] {
  return source
    .replaceAll(/^import [^;]+;$/gm, "")
    .replaceAll(/\/\*[\s\S]*?\*\/|^\s*\/\/.*$/gm, "")
    .split(/\n(?=\S)(?![)}\]])/);
}

/** As anything but the name of a property. */
export const mentions = (text: string, name: string) => new RegExp(`\\b${name}\\b(?!:)`).test(text);

type Source = Pick<ParsedFile, "name" | "text" | "imports">;

const DEFINITION = /^(export )?(?:(?:async )?function\*?|const) (\w+)/;

function definitionsIn({ name: file, text, imports }: Source) {
  return statementsOf(text).flatMap((statement) => {
    const [, exported, name] = DEFINITION.exec(statement) ?? [];
    return name === undefined ? [] : [{ file, imports, statement, name, isExported: exported !== undefined }];
  });
}

/** The exported functions of the sources that call one of these, straight or through others, and are none of them. */
export function callersOf(called: readonly string[], sources: readonly Source[]): string[] {
  let left = sources.flatMap(definitionsIn).filter(({ name }) => !called.includes(name));
  const callers: typeof left = [];
  const calls = ({ file, imports, statement }: (typeof left)[number]) =>
    called.some((name) => mentions(statement, name)) ||
    callers.some(
      (one) =>
        mentions(statement, one.name) &&
        (one.file === file || (one.isExported && imports.includes(one.file))),
    );
  for (let found = left.filter(calls); found.length > 0; found = left.filter(calls)) {
    callers.push(...found);
    left = left.filter((one) => !found.includes(one));
  }
  return callers.filter(({ isExported }) => isExported).map(({ name }) => name);
}
