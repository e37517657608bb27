import { openApiDocument } from "@/lib/server/openapi/document";

export const dynamic = "force-dynamic";

/** `GET /api/v1/openapi.json`: the API's description, open to all, because it tells nothing of any company. */
export async function GET(): Promise<Response> {
  return Response.json(await openApiDocument(), { headers: { "Cache-Control": "public, max-age=300" } });
}
