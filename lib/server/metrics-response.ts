import { createHash, timingSafeEqual } from "node:crypto";
import { env } from "@/lib/env";
import { readMetrics } from "@/lib/services/system/measure";
import { countOpenStreams } from "./event-stream";

/** The metrics for who sends the token as a bearer's. 404, as for an address that is not there, while they are off. */
export async function metricsResponse(request: Request): Promise<Response> {
  const token = env().METRICS_TOKEN;
  if (token === undefined) return new Response(null, { status: 404 });
  const sent = /^Bearer (\S+)$/i.exec(request.headers.get("authorization") ?? "")?.[1];
  if (sent === undefined || !isSame(sent, token)) {
    const headers = { "WWW-Authenticate": 'Bearer realm="metrics"', "Cache-Control": "no-store" };
    return new Response("The token is missing or wrong.\n", { status: 401, headers });
  }
  const { text, contentType } = (await readMetrics(countOpenStreams()))!;
  return new Response(text, { headers: { "Content-Type": contentType, "Cache-Control": "no-store" } });
}

/** Compares digests, so that neither the length nor the first wrong character shows in the time it takes. */
function isSame(sent: string, token: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(sent), digest(token));
}
