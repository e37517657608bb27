import type { Instrumentation } from "next";
import { installationState } from "@/lib/services/install/installation-state";

/**
 * Hosting without server.ts (plain `next start`, Vercel-style) opens the installation here: migrations and seed.
 *
 * A throw here would leave a server that answers 500 forever, so a failure ends the process instead.
 */
export async function register(): Promise<void> {
  const isNode = process.env.NEXT_RUNTIME === "nodejs";
  const isOpened = installationState.opened !== undefined;
  if (!isNode || isOpened) return;
  const { openHostedInstallation } = await import("@/lib/server/hosted-installation");
  await openHostedInstallation();
}

/** Keeps what nothing caught while a page or route was made, under the digest that the error page shows. */
export const onRequestError: Instrumentation.onRequestError = async (error, request, context) => {
  if (process.env.NEXT_RUNTIME !== "nodejs") return;
  const { reportError } = await import("@/lib/server/report-error");
  const digest = error instanceof Error && "digest" in error ? String(error.digest) : undefined;
  const source = context.routeType === "render" ? "pages" : context.routeType;
  reportError({ source, error, requestId: digest, pathname: request.path });
};
