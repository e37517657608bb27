import { nameOf, walk, type Node, type ParsedFile } from "./parsed-source";

const TEXT_PROPERTIES =
  /^(label|title|description|heading|message|note|placeholder|legend|footer|done|.*Label)$/;
const TEXT_ATTRIBUTES = new RegExp(`${TEXT_PROPERTIES.source}|^(alt|aria-label|aria-description)$`);
const LETTERS = /\p{L}{2,}/u;
/** A capital, small letters, then a blank or the end of a sentence: "Save view", "Done." and "Saving…". */
const SENTENCE = /^\p{Lu}[\p{L}’'-]*\p{Ll}[\p{L}’'-]*([ ,:;].*\p{L}|[.…?!])/su;
const CAPITALIZED = /^\p{Lu}\p{Ll}/u;
/** Names that no language translates. */
const NAMES =
  /^\W*(WinAuthMon|Windows|CSV|PDF|XLSX|JSON|API|Ctrl K|Action\.OpenUrl|([\w.-]+@)?example\.com)\W*$/;

export interface LiteralText {
  file: string;
  text: string;
}

/** Texts for a person that stand in the code: in JSX, in properties that name texts, in AppError, and sentences. */
export function literalTexts({ name: file, program }: ParsedFile): LiteralText[] {
  const found: LiteralText[] = [];
  walk(program, (node, ancestors) => {
    for (const text of textsIn(node)) {
      const shown = text.trim();
      if (LETTERS.test(shown) && !NAMES.test(shown) && isForPerson(shown, node, ancestors)) {
        found.push({ file, text: shown });
      }
    }
  });
  return found;
}

function textsIn(node: Node): string[] {
  if (node.type === "JSXText") return [String(node.value)];
  if (node.type === "Literal" && typeof node.value === "string") return [node.value];
  if (node.type === "TemplateLiteral") {
    const quasis = node.quasis as { value: { cooked: string } }[];
    return [quasis.map(({ value }) => value.cooked).join("…")];
  }
  return [];
}

function isForPerson(text: string, node: Node, ancestors: readonly Node[]): boolean {
  if (node.type === "JSXText") return true;
  if (ancestors.some(isForMachines)) return false;
  const holder = ancestors.find(
    ({ type }) => !/^(ConditionalExpression|LogicalExpression|TS\w+)$/.test(type),
  );
  switch (holder?.type) {
    case "JSXExpressionContainer": {
      const outer = ancestors[ancestors.indexOf(holder) + 1]!;
      return outer.type !== "JSXAttribute" || isTextAttribute(outer, text);
    }
    case "JSXAttribute":
      return isTextAttribute(holder, text);
    case "NewExpression":
      if (nameOf(holder.callee) === "AppError") return (holder.arguments as Node[]).indexOf(node) === 1;
      break;
    case "Property":
      if (holder.key !== node && TEXT_PROPERTIES.test(nameOf(holder.key))) return CAPITALIZED.test(text);
  }
  return SENTENCE.test(text);
}

function isTextAttribute({ name }: Node, text: string): boolean {
  return TEXT_ATTRIBUTES.test(nameOf(name)) || SENTENCE.test(text);
}

/** Imports, types, log lines, faults of the program, class names, and what describes the API. */
function isForMachines(node: Node): boolean {
  if (/^(Import|ExportAll|TS(Literal|Type|Union))/.test(node.type)) return true;
  if (node.type === "JSXAttribute") return /class(Name)?$|^style$|^data-/i.test(nameOf(node.name));
  if (node.type === "NewExpression")
    return /^(?!AppError)\w*(Error|RegExp|Pattern|Schema)$/.test(nameOf(node.callee));
  if (node.type === "Property") return nameOf(node.key) === "apiSummary";
  if (node.type !== "CallExpression") return false;
  const callee = node.callee as Node;
  if (callee.type === "Super") return true;
  if (callee.type === "MemberExpression" && nameOf(callee) === "meta") return true;
  return callee.type === "MemberExpression" && /^(logger|log|console)$/.test(nameOf(callee.object));
}
