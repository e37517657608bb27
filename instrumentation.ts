import type { Instrumentation } from "next";

/**
 * Hosting without server.ts (plain `next start`, Vercel-style) opens the installation here: migrations and seed.
 *
 * A throw here would leave a server that answers 500 for ever, so a failure ends the process instead.
 */
export async function register(): Promise<void> {
  const isNode = process.env.NEXT_RUNTIME === "nodejs";
  const isOpened = (globalThis as { winauthmonInstallation?: boolean }).winauthmonInstallation === true;
  if (!isNode || isOpened) return;
  const { openHostedInstallation } = await import("@/lib/server/hosted-installation");
  await openHostedInstallation();
}

/** Errors of pages and routes that nothing caught: logged whole, under the digest the error page shows. */
export const onRequestError: Instrumentation.onRequestError = async (error, request) => {
  const { logger } = await import("@/lib/logger");
  const digest = error instanceof Error && "digest" in error ? error.digest : undefined;
  logger.error(
    { err: error, requestId: digest, method: request.method, path: request.path.split("?")[0] },
    "a page or route failed",
  );
};
