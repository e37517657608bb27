import type { IncomingMessage, ServerResponse } from "node:http";
import { agentPathOf, dispatchAgentRequest } from "./dispatch";
import { REQUEST_ID_HEADER, requestIdFrom } from "@/lib/request-context";
import { BodyTooLarge, type AgentRequest } from "./types";

/**
 * Answers the request when its path is an agent's; tells whether it did. The mount ahead of Next, for server.ts.
 *
 * `clientAddress` is asked only when an answer is to be logged.
 */
export function serveAgentRequest(
  req: IncomingMessage,
  res: ServerResponse,
  clientAddress: () => string,
): boolean {
  const url = req.url ?? "/";
  const query = url.indexOf("?");
  const path = agentPathOf(query < 0 ? url : url.slice(0, query));
  if (!path) return false;
  void answer(path, req, res, clientAddress);
  return true;
}

async function answer(
  path: string,
  req: IncomingMessage,
  res: ServerResponse,
  clientAddress: () => string,
): Promise<void> {
  const request = new NodeAgentRequest(req, clientAddress);
  const response = await dispatchAgentRequest(path, request);
  if (res.destroyed) return;
  const { headers } = response;
  headers["X-Request-Id"] = request.requestId;
  headers["Content-Length"] = String(Buffer.byteLength(response.body));
  // What was not read of a refused body is not worth reading: the connection is closed instead.
  if (!req.complete) headers.Connection = "close";
  res.writeHead(response.status, headers);
  res.end(req.method === "HEAD" ? undefined : response.body);
  if (!req.complete) req.resume();
}

/** A class, for an object literal with a getter costs V8 a hidden class of its own for each request. */
class NodeAgentRequest implements AgentRequest {
  readonly method: string;
  readonly requestId: string;

  constructor(
    readonly req: IncomingMessage,
    readonly clientAddress: () => string,
  ) {
    this.method = req.method ?? "GET";
    this.requestId = requestIdFrom(req.headers[REQUEST_ID_HEADER] as string | undefined);
  }

  get address(): string {
    return this.clientAddress();
  }

  header(name: string): string | undefined {
    const value = this.req.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  readBody(limitBytes: number): Promise<Buffer> {
    return readBody(this.req, limitBytes);
  }
}

function readBody(req: IncomingMessage, limitBytes: number): Promise<Buffer> {
  if (Number(req.headers["content-length"] ?? 0) > limitBytes) return Promise.reject(new BodyTooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    req.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > limitBytes) {
        req.removeAllListeners("data");
        reject(new BodyTooLarge());
      } else chunks.push(chunk);
    });
    req.on("end", () => resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks)));
    req.on("error", reject);
    req.on("close", () => {
      // Every request closes in the end; an error made for each would cost more than parsing its body.
      if (!req.complete) reject(new Error("The agent closed the connection before its body was whole."));
    });
  });
}
