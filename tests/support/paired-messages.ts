import { parse, TYPE, type MessageFormatElement } from "@formatjs/icu-messageformat-parser";
import { textLeaves } from "./messages";

/** A piece of a text: words, or a value or what the program puts in a tag, by its name. */
export type Part = string | { hole: string };

/** One form of an English text with the same form in another language. */
export interface PairedMessage {
  english: Part[];
  other: Part[];
}

type Choice = Readonly<Record<string, string>>;

/** Every text of the catalog in each of its forms, and each text within a tag, beside its translation. */
export function pairMessages(english: object, other: object): PairedMessage[] {
  const translations = new Map(textLeaves(other));
  return textLeaves(english).flatMap(([key, text]) => {
    const translation = translations.get(key);
    return translation === undefined ? [] : pairTexts(parse(text), parse(translation));
  });
}

function pairTexts(english: MessageFormatElement[], other: MessageFormatElement[]): PairedMessage[] {
  const pairs = choicesOf([...english, ...other]).map((choice) => ({
    english: partsOf(english, choice),
    other: partsOf(other, choice, TAG_EDGE),
  }));
  for (const tag of tagsOf(english)) {
    const same = tagsOf(other).find(({ value }) => value === tag.value);
    if (tag.children.length > 0 && same) pairs.push(...pairTexts(tag.children, same.children));
  }
  return pairs;
}

function optionsOf(element: MessageFormatElement) {
  return element.type === TYPE.plural || element.type === TYPE.select ? element.options : {};
}

function tagsOf(elements: MessageFormatElement[]): { value: string; children: MessageFormatElement[] }[] {
  return elements.flatMap((element) => {
    if (element.type === TYPE.tag) return [element, ...tagsOf(element.children)];
    return Object.values(optionsOf(element)).flatMap(({ value }) => tagsOf(value));
  });
}

/** Every way to choose one form of each plural and selection. */
function choicesOf(elements: MessageFormatElement[]): Choice[] {
  const forms = new Map<string, Set<string>>();
  const gather = (all: MessageFormatElement[]) => {
    for (const element of all) {
      if (element.type === TYPE.tag) gather(element.children);
      for (const [name, { value }] of Object.entries(optionsOf(element))) {
        const key = (element as { value: string }).value;
        forms.set(key, (forms.get(key) ?? new Set()).add(name));
        gather(value);
      }
    }
  };
  gather(elements);
  return [...forms].reduce<Choice[]>(
    (choices, [key, names]) =>
      choices.flatMap((choice) => [...names].map((name) => ({ ...choice, [key]: name }))),
    [{}],
  );
}

/** Stands in translations where a tag begins or ends: names that screen readers read have a space there, or none. */
export const TAG_EDGE = "\u200B";

function partsOf(elements: MessageFormatElement[], choice: Choice, edge = "", counted = ""): Part[] {
  const parts = elements.flatMap((element): Part[] => {
    switch (element.type) {
      case TYPE.literal:
        return [element.value];
      case TYPE.pound:
        return [{ hole: counted }];
      case TYPE.plural:
      case TYPE.select: {
        const form = element.options[choice[element.value] ?? "other"] ?? element.options.other!;
        return partsOf(form.value, choice, edge, element.type === TYPE.plural ? element.value : counted);
      }
      case TYPE.tag:
        return element.children.length > 0
          ? [edge, ...partsOf(element.children, choice, edge, counted), edge]
          : [{ hole: element.value }];
      default:
        return [{ hole: element.value }];
    }
  });
  return parts.reduce<Part[]>((joined, part) => {
    const last = joined.at(-1);
    if (part === "") return joined;
    if (typeof part !== "string" || typeof last !== "string") return [...joined, part];
    return [...joined.slice(0, -1), last + part];
  }, []);
}
