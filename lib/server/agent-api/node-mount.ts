import type { IncomingMessage, ServerResponse } from "node:http";
import { agentPathOf, dispatchAgentRequest } from "./dispatch";
import { REQUEST_ID_HEADER, requestIdFrom } from "@/lib/request-context";
import type { HeldBytes } from "../bodies-under-way";
import { leastRate, watchBody } from "../slow-bodies";
import { BodyBrokenOff, BodyTooLarge, BodyTooSlow, type AgentRequest } from "./types";

/** Told when an agent's request begins, and with which status it is answered. */
interface UnderWay {
  beginAgent(req: IncomingMessage): void;
  endAgent(req: IncomingMessage, status: number): void;
}

type ClientAddress = (req: IncomingMessage) => string;

/**
 * Answers the request when its path is an agent's; tells whether it did. The mount ahead of Next, for server.ts.
 *
 * `clientAddress` is asked when a body is to be read, or an answer to be logged.
 */
export function serveAgentRequest(
  req: IncomingMessage,
  res: ServerResponse,
  clientAddress: ClientAddress,
  underWay?: UnderWay,
): boolean {
  const url = req.url ?? "/";
  const query = url.indexOf("?");
  const path = agentPathOf(query < 0 ? url : url.slice(0, query));
  if (!path) return false;
  void answer(path, req, res, clientAddress, underWay);
  return true;
}

async function answer(
  path: string,
  req: IncomingMessage,
  res: ServerResponse,
  clientAddress: ClientAddress,
  underWay: UnderWay | undefined,
): Promise<void> {
  underWay?.beginAgent(req);
  const request = new NodeAgentRequest(req, clientAddress);
  const response = await dispatchAgentRequest(path, request);
  underWay?.endAgent(req, response.status);
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
  held: HeldBytes | undefined = undefined;

  constructor(
    readonly req: IncomingMessage,
    readonly clientAddress: ClientAddress,
  ) {
    this.method = req.method ?? "GET";
    this.requestId = requestIdFrom(req.headers[REQUEST_ID_HEADER] as string | undefined);
  }

  get address(): string {
    return this.clientAddress(this.req);
  }

  header(name: string): string | undefined {
    const value = this.req.headers[name];
    return Array.isArray(value) ? value[0] : value;
  }

  readBody(limitBytes: number, held: HeldBytes): Promise<Buffer> {
    return readBody(this.req, limitBytes, held);
  }
}

function readBody(req: IncomingMessage, limitBytes: number, held: HeldBytes): Promise<Buffer> {
  if (Number(req.headers["content-length"] ?? 0) > limitBytes) return Promise.reject(new BodyTooLarge());
  return new Promise((resolve, reject) => {
    const chunks: Buffer[] = [];
    let length = 0;
    const stop = (error: unknown) => {
      req.removeAllListeners("data");
      endWatch();
      reject(error as Error);
    };
    const endWatch = watchBody(req, leastRate(), () => stop(new BodyTooSlow()));
    req.on("data", (chunk: Buffer) => {
      length += chunk.length;
      if (length > limitBytes) return stop(new BodyTooLarge());
      try {
        held.add(chunk.length);
        chunks.push(chunk);
      } catch (error) {
        stop(error);
      }
    });
    req.on("end", () => {
      endWatch();
      resolve(chunks.length === 1 ? chunks[0]! : Buffer.concat(chunks));
    });
    req.on("error", () => stop(new BodyBrokenOff()));
    req.on("close", () => {
      // Every request closes in the end; an error made for each would cost more than parsing its body.
      if (!req.complete) stop(new BodyBrokenOff());
    });
  });
}
