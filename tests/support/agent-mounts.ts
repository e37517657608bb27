import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import * as health from "@/app/api/health/route";
import * as logEvent from "@/app/api/log_event/route";
import * as logEvents from "@/app/api/log_events/route";
import { serveAgentRequest } from "@/lib/server/agent-api/node-mount";

type Handler = (request: Request) => Promise<Response>;
const ROUTES: Record<string, Record<string, Handler | string>> = {
  "/api/log_event": logEvent,
  "/api/log_events": logEvents,
  "/api/health": health,
};

export interface Mount {
  url: string;
  close(): Promise<void>;
}

async function listen(onRequest: (req: IncomingMessage, res: ServerResponse) => void): Promise<Mount> {
  const server = createServer(onRequest);
  // A client may send on an idle connection just as the server closes it; on a busy machine five seconds pass.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

/** The agent API as server.ts mounts it, ahead of Next. */
export function openNodeMount(): Promise<Mount> {
  return listen((req, res) => {
    if (!serveAgentRequest(req, res, () => "127.0.0.1")) res.writeHead(404).end();
  });
}

/** The agent API as route handlers, each given a web Request as Next would. */
export function openRouteMount(): Promise<Mount> {
  return listen((req, res) => {
    const chunks: Buffer[] = [];
    req.on("data", (chunk: Buffer) => chunks.push(chunk));
    req.on("end", () => void answer(req, Buffer.concat(chunks), res));
  });
}

async function answer(req: IncomingMessage, body: Buffer, res: ServerResponse): Promise<void> {
  const handler = ROUTES[req.url ?? ""]?.[req.method ?? ""];
  if (typeof handler !== "function") return void res.writeHead(404).end();
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers))
    if (typeof value === "string") headers.set(name, value);
  const hasBody = req.method !== "GET" && req.method !== "HEAD";
  const request = new Request(`http://localhost${req.url}`, {
    method: req.method,
    headers,
    body: hasBody ? new Uint8Array(body) : undefined,
  });
  const response = await handler(request);
  res
    .writeHead(response.status, Object.fromEntries(response.headers))
    .end(Buffer.from(await response.arrayBuffer()));
}
