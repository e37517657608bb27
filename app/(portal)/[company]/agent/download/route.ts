import { agentPackageInput } from "@/lib/domain/agent-package";
import { assertNotCrossSite, companyRoute, parseQuery } from "@/lib/server/routes";
import { buildAgentPackage } from "@/lib/services/agent-package/build-package";

export const dynamic = "force-dynamic";

/** `GET /[company]/agent/download?siteId=…`: the zip file, with the site's API key in it. */
export const GET = companyRoute("site:manage", async (request, context) => {
  assertNotCrossSite(request);
  const options = parseQuery(agentPackageInput, request.nextUrl.searchParams);
  const known = request.headers.get("if-none-match");
  const built = await buildAgentPackage(context, options, (etag) => etag === known);
  const headers = { ETag: built.etag, "Cache-Control": "private, no-cache", "X-Content-Type-Options": "nosniff" };
  if (built.etag === known) return new Response(null, { status: 304, headers });
  return new Response(Buffer.from(built.zip()), {
    headers: {
      ...headers,
      "Content-Type": "application/zip",
      "Content-Disposition": `attachment; filename="${built.fileName}"`,
    },
  });
});
