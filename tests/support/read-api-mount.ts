import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import * as report from "@/app/api/v1/reports/[report]/route";
import type { Mount } from "./agent-mounts";

type Answer = (request: Request, path: string) => Promise<Response>;
const ROUTES: readonly [RegExp, Answer][] = [
  [
    /^\/api\/v1\/reports\/([^/]+)$/,
    (request, path) => report.GET(request, { params: Promise.resolve({ report: path.split("/").at(-1)! }) }),
  ],
];

/** The read API over HTTP as Next mounts it: streamed, and told when the client has gone. Only keys open it. */
export async function openReadApi(): Promise<Mount> {
  const server = createServer((req, res) => void answer(req, res).catch(() => res.destroy()));
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, close };
}

async function answer(req: IncomingMessage, res: ServerResponse): Promise<void> {
  const url = new URL(req.url ?? "/", "http://localhost");
  const route = ROUTES.find(([pattern]) => pattern.test(url.pathname));
  if (!route) return void res.writeHead(404).end();
  const gone = new AbortController();
  res.on("close", () => gone.abort());
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    if (typeof value === "string") headers.set(name, value);
  }
  const request = new Request(url, { method: req.method, headers, signal: gone.signal });
  const response = await route[1](request, url.pathname);
  res.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) return void res.end();
  await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), res);
}
