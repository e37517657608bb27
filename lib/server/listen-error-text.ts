import { UNKNOWN_HOST_CODES } from "../connection-codes";

interface Address {
  host: string;
  port: number;
}

const UNKNOWN_HOST = ({ host }: Address) =>
  `HOST is "${host}", which is not the name of a computer. Use 0.0.0.0 for all addresses of this computer.`;

const TEXTS: Record<string, (address: Address) => string> = {
  EADDRINUSE: ({ port }) => `Port ${port} is in use. Choose another with PORT.`,
  EACCES: ({ port }) =>
    `This user may not open port ${port}. Choose a port above 1023 with PORT, and put a reverse proxy in front of it.`,
  EADDRNOTAVAIL: ({ host }) =>
    `HOST is "${host}", which is not an address of this computer. Use 0.0.0.0 for all of its addresses.`,
  ...Object.fromEntries(UNKNOWN_HOST_CODES.map((code) => [code, UNKNOWN_HOST])),
};

/** Why a server can't listen, in a sentence that names the setting to change. */
export function listenErrorText(error: Error, address: Address): string {
  const code = "code" in error ? String(error.code) : "";
  return TEXTS[code]?.(address) ?? error.message;
}
