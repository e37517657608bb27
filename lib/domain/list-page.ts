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

/** Where a list in any order goes on: behind the row with this sort key. */
export interface SortCursor {
  key: string | number;
  companyId: number;
  id: number;
}

const sortCursorShape = z.tuple([
  z.string(),
  z
    .string()
    .regex(/^[^\p{Cc}\p{Cs}]*$/u)
    .or(z.number()),
  z.int32().positive(),
  z.int32().positive(),
]);

/** An opaque cursor of a list in the order `sort`. */
export function encodeSortCursor(sort: string, { key, companyId, id }: SortCursor): string {
  return toBase64Url(JSON.stringify([sort, key, companyId, id]));
}

/** The cursor of an address; null for one that this program did not write, or not for this order. */
export function decodeSortCursor(text: string, sort: string): SortCursor | null {
  try {
    const [order, key, companyId, id] = sortCursorShape.parse(JSON.parse(fromBase64Url(text)));
    return order === sort ? { key, companyId, id } : null;
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
