import { openSeal } from "@/lib/secret-box";

const SHOWN_CHARACTERS = 4;

/** The last four characters of a stored key; null when it was sealed under another AUTH_SECRET. */
export function openKeyEnd(sealed: Uint8Array): string | null {
  return openSeal(sealed, "api-key")?.plain.slice(-SHOWN_CHARACTERS) ?? null;
}
