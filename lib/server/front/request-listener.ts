import type { IncomingMessage, RequestListener, ServerResponse } from "node:http";
import { env } from "@/lib/env";
import { logger } from "@/lib/logger";
import { REQUEST_ID_HEADER, requestIdFrom, withRequestId } from "@/lib/request-context";
import { serveAgentRequest } from "../agent-api/node-mount";
import { ROUTER_READ_HEADER } from "../auth/owners-doing";
import { clientAddressOfRequest, settleForwardedHeaders } from "../client-address";
import { cutOffStalledReader } from "../stalled-readers";
import type { Connections } from "./connections";
import type { PackedFiles } from "./packed-files";
import { boundBody } from "./page-bodies";
import { refuse } from "./refuse";
import { settleTarget } from "./request-target";
import { isSignedOutPage, letVisitorIn } from "./signed-out-pages";

const NO_ROOM = {
  status: 503,
  message: "The server is answering too many requests at once. Try again later",
  headers: { "Retry-After": "5" },
};

interface Front {
  connections: Connections;
  isHttps: boolean;
  sendPacked: PackedFiles;
  handleWithNext: (req: IncomingMessage, res: ServerResponse) => Promise<void>;
}

/** What takes every request: agents' are answered at once, all others go to Next within the bounds of this folder. */
export function requestListener({
  connections,
  isHttps,
  sendPacked,
  handleWithNext,
}: Front): RequestListener {
  return (req, res) => {
    const noAddress = settleTarget(req);
    if (serveAgentRequest(req, res, clientAddressOfRequest, connections)) return;
    const refusal = connections.beginPage(req, res) ? noAddress : NO_ROOM;
    if (refusal) return refuse(req, res, refusal);
    const address = settleForwardedHeaders(req, isHttps);
    const requestId = requestIdFrom(req.headers[REQUEST_ID_HEADER]?.toString());
    req.headers[REQUEST_ID_HEADER] = requestId;
    delete req.headers[ROUTER_READ_HEADER];
    if (req.headers.rsc) req.headers[ROUTER_READ_HEADER] = "1";
    res.setHeader("X-Request-Id", requestId);
    const gone = new AbortController();
    // Ours and those of Next are more than the ten at which Node warns of a leak.
    res.setMaxListeners(20);
    res.once("close", () => gone.abort());
    cutOffStalledReader(res, env().DOWNLOAD_STALL_SECONDS * 1_000);
    const passOn = async () => {
      const isSignedOut = isSignedOutPage(req);
      if (!boundBody(req, res, { address, isSignedOut })) return;
      if (isSignedOut && !(await letVisitorIn(req, res, { address, gone: gone.signal }))) return;
      await handleWithNext(req, res);
    };
    withRequestId(
      requestId,
      () => {
        logWhenAnswered(req, res, address);
        if (!sendPacked(req, res)) void passOn();
      },
      { gone: gone.signal, acceptLanguage: req.headers["accept-language"] },
    );
  };
}

/** One line a request at level debug, under the request's id like everything else it logs. */
function logWhenAnswered(req: IncomingMessage, res: ServerResponse, address: string): void {
  if (!logger.isLevelEnabled("debug")) return;
  const startedAt = performance.now();
  const path = (req.url ?? "/").split("?")[0];
  res.once("close", () =>
    logger.debug(
      {
        method: req.method,
        path,
        status: res.statusCode,
        ms: Math.round(performance.now() - startedAt),
        address,
      },
      "Request answered",
    ),
  );
}
