import type { Server } from "node:http";
import { logger } from "@/lib/logger";
import { refuseConnection } from "./refuse";
import { Seldom } from "./seldom";

const LOG_MILLISECONDS = 60_000;
/** A request's head comes in one piece from any client of ours. */
const HEAD_MILLISECONDS = 20_000;

const NO_UPGRADES = {
  status: 400,
  message: "Other protocols are not spoken here. Send the request without Upgrade",
};

/**
 * Makes the server outlive what clients do to its connections: refuses other protocols, which would never be answered,
 * and goes on when a connection cannot be accepted because the system is short of descriptors.
 */
export function hardenServer(server: Server): void {
  server.keepAliveTimeout = 65_000;
  server.headersTimeout = HEAD_MILLISECONDS;
  server.on("upgrade", (_req, socket) => refuseConnection(socket, NO_UPGRADES));
  const failures = new Seldom(LOG_MILLISECONDS);
  server.on("error", (error) => {
    // server.ts reports why it can't listen.
    if (!server.listening) return;
    const count = failures.count();
    if (count > 0) logger.error({ err: error, count }, "Can't accept a connection");
  });
}
