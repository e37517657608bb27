import { agentPackageInput } from "@/lib/domain/agent-package";
import { assertSameOrigin } from "@/lib/server/actions";
import { companyRoute, parseQuery } from "@/lib/server/routes";
import { buildAgentPackage } from "@/lib/services/agent-package/build-package";

export const dynamic = "force-dynamic";

/** `POST /[company]/agent/download`: the zip file, with the site's API key in it. No link of another site can ask for it. */
export const POST = companyRoute("site:manage", async (request, context) => {
  await assertSameOrigin();
  const options = parseQuery(agentPackageInput, new URLSearchParams(await request.text()));
  const built = await buildAgentPackage(context, options);
  return new Response(Buffer.from(built.zip()), {
    headers: {
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "Content-Type": "application/zip",
      "Content-Disposition": `attachment; filename="${built.fileName}"; filename*=UTF-8''${built.fileName}`,
    },
  });
});
