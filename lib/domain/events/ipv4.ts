const PARTS = 4;
const DOT = 46;
const ZERO = 48;
const NINE = 57;
/** Half of all addresses: numbers are stored less it, since integers of PostgreSQL have a sign. */
const HALF = 2 ** 31;

/**
 * An IPv4 address as a number of four bytes, from -2147483648 for 0.0.0.0; null for any other text and for spellings
 * that would not come back as they were, such as `010.0.0.1`.
 */
export function packIpv4(text: string): number | null {
  let [address, part, digits, parts] = [0, 0, 0, 1];
  for (let index = 0; index < text.length; index += 1) {
    const code = text.charCodeAt(index);
    if (code === DOT) {
      if (digits === 0 || parts === PARTS) return null;
      address = address * 256 + part;
      [part, digits] = [0, 0];
      parts += 1;
    } else {
      if (code < ZERO || code > NINE || (digits > 0 && part === 0)) return null;
      part = part * 10 + code - ZERO;
      digits += 1;
      if (part > 255) return null;
    }
  }
  return digits > 0 && parts === PARTS ? address * 256 + part - HALF : null;
}

export interface StoredAddresses {
  /** As {@link packIpv4} packs them; null for what is stored as text, and for nothing. */
  packed: (number | null)[];
  texts: (string | null)[];
}

/** Addresses as they are stored: each is in one of the two lists. */
export function storedAddresses(addresses: readonly (string | null)[]): StoredAddresses {
  const packed = addresses.map((address) => (address === null ? null : packIpv4(address)));
  return { packed, texts: addresses.map((address, index) => (packed[index] === null ? address : null)) };
}
