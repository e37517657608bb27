import { createServer } from "node:net";

/**
 * Makes sure that this computer has these addresses: Linux has all of 127.0.0.0/8, macOS only 127.0.0.1.
 *
 * @throws Error that says how to get one that is missing.
 */
export async function requireLoopbacks(...addresses: readonly string[]): Promise<void> {
  for (const address of addresses) {
    const problem = await listenOnce(address);
    if (!problem) continue;
    throw new Error(
      `This test needs the address ${address}, which this computer doesn't have (${problem}). ` +
        `On macOS, add it until the next restart: sudo ifconfig lo0 alias ${address} up`,
    );
  }
}

function listenOnce(address: string): Promise<string | null> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once("error", (error: NodeJS.ErrnoException) => resolve(error.code ?? error.message));
    server.listen(0, address, () => server.close(() => resolve(null)));
  });
}
