import { readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { root } from "./project.mjs";

const ACCENTED = Object.fromEntries(
  [..."aáeéiíoóuúyýcçdđgğkķlļnñrŕsštťwŵzžAÁEÉIÍOÓUÚYÝCÇDĐGĞKĶLĻNÑRŔSŠTŤWŴZŽ"].reduce(
    (pairs, letter, place, all) => (place % 2 === 0 ? [...pairs, [letter, all[place + 1]]] : pairs),
    [],
  ),
);
const VOWEL = /[aeiouy]/;

/**
 * Writes messages/en-XA.json: English with accents and a third longer. A browser that asks for the language en-XA gets
 * it, so that tests find texts that are cut or stand outside the catalog. `next build` and `next dev` need it first.
 */
export async function writePseudoLocale() {
  const english = JSON.parse(await readFile(path.join(root, "messages", "en.json"), "utf8"));
  const file = path.join(root, "messages", "en-XA.json");
  const text = `${JSON.stringify(pseudoTexts(english), null, 2)}\n`;
  if ((await readFile(file, "utf8").catch(() => "")) !== text) await writeFile(file, text);
}

/** The catalog with each of its messages changed by {@link pseudoText}. */
export function pseudoTexts(tree) {
  if (typeof tree === "string") return pseudoText(tree);
  return Object.fromEntries(Object.entries(tree).map(([key, value]) => [key, pseudoTexts(value)]));
}

/** An ICU message with its words changed; arguments, tags and the selectors of plurals stay. */
export function pseudoText(message) {
  let at = 0;
  const readText = (isInner) => {
    let text = "";
    while (at < message.length) {
      const sign = message[at];
      if (sign === "}" && isInner) return text;
      if (sign === "{") text += readArgument();
      else if (sign === "<") text += readThrough(">");
      else {
        text += ACCENTED[sign] ?? sign;
        if (VOWEL.test(sign)) text += ACCENTED[sign];
        at += 1;
      }
    }
    return text;
  };
  const readThrough = (end) => {
    const from = at;
    at = message.indexOf(end, at) + 1;
    return message.slice(from, at);
  };
  const readArgument = () => {
    const choice = /^\{\s*\w+\s*,\s*(plural|select|selectordinal)\s*,/.exec(message.slice(at));
    if (!choice) return readThrough("}");
    let text = choice[0];
    at += text.length;
    while (at < message.length) {
      const sign = message[at];
      at += 1;
      text += sign;
      if (sign === "}") return text;
      if (sign === "{") {
        text += `${readText(true)}}`;
        at += 1;
      }
    }
    return text;
  };
  return readText(false);
}
