import { metricsResponse } from "@/lib/server/metrics-response";

export const dynamic = "force-dynamic";

/** `GET /api/metrics`: Prometheus' text form, behind METRICS_TOKEN. */
export const GET = (request: Request): Promise<Response> => metricsResponse(request);
