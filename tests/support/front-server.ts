import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import type { AddressInfo } from "node:net";
import { refreshEnv } from "@/lib/env";
import { Connections, type ConnectionLimits } from "@/lib/server/front/connections";
import { hardenServer } from "@/lib/server/front/harden-server";
import { packedFiles } from "@/lib/server/front/packed-files";
import { requestListener } from "@/lib/server/front/request-listener";

export interface FrontServer {
  server: Server;
  port: number;
  url: string;
  connections: Connections;
  close(): Promise<void>;
}

/** The server of server.ts with a Next of the test's own, which by default reads the body and answers 200. */
export async function openFront({
  next = readAndAnswer,
  limits = { all: 1_000, perAddress: 1_000 },
  environment = {},
  staticFolder = "",
  tls,
}: {
  next?: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
  limits?: ConnectionLimits;
  environment?: Record<string, string>;
  /** Where packed copies of static files lie. */
  staticFolder?: string;
  /** A certificate and its key in PEM: the server then speaks HTTPS alone. */
  tls?: { cert: string; key: string };
} = {}): Promise<FrontServer> {
  Object.assign(process.env, environment);
  refreshEnv();
  const connections = new Connections(limits);
  const listener = requestListener({
    connections,
    isHttps: tls !== undefined,
    sendPacked: packedFiles(staticFolder),
    handleWithNext: next,
  });
  const server = tls ? createTlsServer(tls, listener) : createServer(listener);
  hardenServer(server);
  connections.watch(server);
  server.listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    for (const name of Object.keys(environment)) delete process.env[name];
    refreshEnv();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { server, port, url: `${tls ? "https" : "http"}://127.0.0.1:${port}`, connections, close };
}

async function readAndAnswer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  let bytes = 0;
  try {
    for await (const chunk of req) bytes += (chunk as Buffer).length;
    res.end(`read ${bytes}`);
  } catch {
    res.destroy();
  }
}
