import type { HeldBytes } from "../bodies-under-way";
import { clientAddressOf } from "../client-address";
import { dispatchAgentRequest } from "./dispatch";
import { REQUEST_ID_HEADER, requestIdFrom } from "@/lib/request-context";
import { SenderTime } from "../slow-bodies";
import { BodyBrokenOff, BodyTooLarge, BodyTooSlow, type AgentRequest } from "./types";

type RouteHandler = (request: Request) => Promise<Response>;

/** The mount as route handlers: every method goes through the same dispatch, which answers 405 itself. */
export function agentRoute(
  path: string,
): Record<"GET" | "HEAD" | "POST" | "PUT" | "PATCH" | "DELETE" | "OPTIONS", RouteHandler> {
  const handle: RouteHandler = async (request) => {
    const agentRequest = fromWeb(request);
    const response = await dispatchAgentRequest(path, agentRequest);
    response.headers["X-Request-Id"] = agentRequest.requestId;
    return new Response(request.method === "HEAD" ? null : response.body, {
      status: response.status,
      headers: response.headers,
    });
  };
  return {
    GET: handle,
    HEAD: handle,
    POST: handle,
    PUT: handle,
    PATCH: handle,
    DELETE: handle,
    OPTIONS: handle,
  };
}

function fromWeb(request: Request): AgentRequest {
  return {
    method: request.method,
    header: (name) => request.headers.get(name) ?? undefined,
    readBody: (limitBytes, held) => readBody(request, limitBytes, held),
    held: undefined,
    address: clientAddressOf(request.headers),
    requestId: requestIdFrom(request.headers.get(REQUEST_ID_HEADER)),
  };
}

async function readBody(request: Request, limitBytes: number, held: HeldBytes): Promise<Buffer> {
  if (Number(request.headers.get("content-length") ?? 0) > limitBytes) throw new BodyTooLarge();
  const reader = request.body?.getReader();
  if (!reader) return Buffer.alloc(0);
  const chunks: Uint8Array[] = [];
  const time = new SenderTime();
  let length = 0;
  try {
    for (;;) {
      const piece = reader.read().catch(() => Promise.reject(new BodyBrokenOff()));
      const { done, value } = await time.waitFor(piece, () => new BodyTooSlow());
      if (done) return Buffer.concat(chunks);
      time.came(value.length);
      length += value.length;
      if (length > limitBytes) throw new BodyTooLarge();
      held.add(value.length);
      chunks.push(value);
    }
  } catch (error) {
    void reader.cancel().catch(() => undefined);
    throw error;
  }
}
