import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import * as accounts from "@/app/api/v1/accounts/route";
import * as alerts from "@/app/api/v1/alerts/route";
import * as alert from "@/app/api/v1/alerts/[alertId]/route";
import * as computers from "@/app/api/v1/computers/route";
import * as deliveries from "@/app/api/v1/deliveries/route";
import * as events from "@/app/api/v1/events/route";
import * as notifications from "@/app/api/v1/notifications/route";
import * as rules from "@/app/api/v1/rules/route";
import * as report from "@/app/api/v1/reports/[report]/route";
import { answerTable } from "@/lib/server/read-api/table-route";
import type { TableSource } from "@/lib/services/tables/table-source";
import type { Mount } from "./agent-mounts";

type Answer = (request: Request, name: string) => Promise<Response>;
const ROUTES: readonly [RegExp, Answer][] = [
  [
    /^\/api\/v1\/reports\/([^/]+)$/,
    (request, name) => report.GET(request, { params: Promise.resolve({ report: name }) }),
  ],
  [/^\/api\/v1\/events$/, events.GET],
  [/^\/api\/v1\/accounts$/, accounts.GET],
  [/^\/api\/v1\/computers$/, computers.GET],
  [/^\/api\/v1\/notifications$/, notifications.GET],
  [/^\/api\/v1\/deliveries$/, deliveries.GET],
  [/^\/api\/v1\/alerts$/, alerts.GET],
  [
    /^\/api\/v1\/alerts\/([^/]+)$/,
    (request, alertId) =>
      (request.method === "PATCH" ? alert.PATCH : alert.GET)(request, {
        params: Promise.resolve({ alertId }),
      }),
  ],
  [/^\/api\/v1\/rules$/, rules.GET],
];

/**
 * The read API over HTTP as Next mounts it: streamed, and told when the client has gone. Only keys open it.
 *
 * Sources of the test's own stand at `/<name>`.
 */
export async function openReadApi(
  own: Readonly<Record<string, TableSource>> = {},
): Promise<Mount & { /** Answers that are not read to their end or broken off. */ underWay(): number }> {
  const answerOf = (path: string): Answer | undefined => {
    const source = own[path.slice(1)];
    if (source) return (request) => answerTable(request, source);
    return ROUTES.find(([pattern]) => pattern.test(path))?.[1];
  };
  let underWay = 0;
  const server = createServer((req, res) => {
    underWay += 1;
    res.once("close", () => (underWay -= 1));
    void answer(req, res, answerOf).catch(() => res.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const close = async () => {
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, close, underWay: () => underWay };
}

async function answer(
  req: IncomingMessage,
  res: ServerResponse,
  answerOf: (path: string) => Answer | undefined,
): Promise<void> {
  const url = new URL(req.url ?? "/", "http://localhost");
  const route = answerOf(url.pathname);
  if (!route) return void res.writeHead(404).end();
  const gone = new AbortController();
  res.on("close", () => gone.abort());
  const headers = new Headers();
  for (const [name, value] of Object.entries(req.headers)) {
    if (typeof value === "string") headers.set(name, value);
  }
  const request = new Request(url, {
    method: req.method,
    headers,
    signal: gone.signal,
    ...(req.method !== "GET" &&
      req.method !== "HEAD" && { body: Readable.toWeb(req) as ReadableStream, duplex: "half" }),
  });
  const response = await route(request, url.pathname.split("/").at(-1)!);
  res.writeHead(response.status, Object.fromEntries(response.headers));
  if (!response.body) return void res.end();
  await pipeline(Readable.fromWeb(response.body as Parameters<typeof Readable.fromWeb>[0]), res);
}
