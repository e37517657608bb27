import { z } from "zod";

/** Where a list by name goes on: behind this row. */
export interface NameCursor {
  name: string;
  id: number;
}

const cursorShape = z.tuple([z.string().regex(/^[^\p{Cc}\p{Cs}]*$/u), z.int32().positive()]);

/** An opaque cursor for the address. */
export function encodeNameCursor({ name, id }: NameCursor): string {
  return toBase64Url(JSON.stringify([name, id]));
}

/** The cursor of an address; null for one that this program did not write. */
export function decodeNameCursor(text: string): NameCursor | null {
  try {
    const [name, id] = cursorShape.parse(JSON.parse(fromBase64Url(text)));
    return { name, id };
  } catch {
    return null;
  }
}

/** The place of a row in a list by name over several companies: ties of names by company and id. */
export interface NamePlace {
  nameKey: string;
  companyId: number;
  id: number;
}

const placeShape = z.tuple([
  z.string().regex(/^[^\p{Cc}\p{Cs}]*$/u),
  z.int32().positive(),
  z.int32().positive(),
]);

export function encodeNamePlace({ nameKey, companyId, id }: NamePlace): string {
  return toBase64Url(JSON.stringify([nameKey, companyId, id]));
}

/** The place of an address; null for one that this program did not write. */
export function decodeNamePlace(text: string): NamePlace | null {
  try {
    const [nameKey, companyId, id] = placeShape.parse(JSON.parse(fromBase64Url(text)));
    return { nameKey, companyId, id };
  } catch {
    return null;
  }
}

function toBase64Url(text: string): string {
  const bytes = new TextEncoder().encode(text);
  return btoa(String.fromCharCode(...bytes))
    .replaceAll("+", "-")
    .replaceAll("/", "_")
    .replaceAll("=", "");
}

function fromBase64Url(text: string): string {
  const binary = atob(text.replaceAll("-", "+").replaceAll("_", "/"));
  return new TextDecoder("utf-8", { fatal: true }).decode(Uint8Array.from(binary, (c) => c.charCodeAt(0)));
}
