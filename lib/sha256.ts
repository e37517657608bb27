import crypto from "node:crypto";

/**
 * SHA-256 of a text as 64 hex digits.
 *
 * `crypto.hash` (Node 20.12) makes no object for the garbage collector to sweep, which counts where every event
 * passes; older releases take the longer way.
 */
export const sha256Hex: (text: string) => string =
  typeof crypto.hash === "function"
    ? (text) => crypto.hash("sha256", text, "hex")
    : (text) => crypto.createHash("sha256").update(text).digest("hex");
