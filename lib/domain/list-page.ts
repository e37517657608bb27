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
