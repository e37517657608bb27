/** Codes of Node.js for a computer's name that has no address, or whose address can't be asked for at present. */
export const UNKNOWN_HOST_CODES = ["ENOTFOUND", "EAI_AGAIN", "EAI_FAIL"] as const;

/** Codes of Node.js and the driver of PostgreSQL for a server that takes too long. */
export const TIMEOUT_CODES = ["ETIMEDOUT", "CONNECT_TIMEOUT"] as const;

/**
 * Codes of Node.js and the driver of PostgreSQL for a server that can't be connected to, or whose connection broke. ENOENT
 * and EACCES are those of a Unix socket.
 */
export const NO_CONNECTION_CODES = [
  "ECONNREFUSED",
  "ECONNRESET",
  "ECONNABORTED",
  "EPIPE",
  "ENOENT",
  "EACCES",
  "EADDRNOTAVAIL",
  "EHOSTUNREACH",
  "EHOSTDOWN",
  "ENETUNREACH",
  "ENETDOWN",
  "ENETRESET",
  "CONNECTION_CLOSED",
  "CONNECTION_ENDED",
  "CONNECTION_DESTROYED",
] as const;
