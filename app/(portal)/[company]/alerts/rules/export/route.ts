import { z } from "zod";
import { assertNotCrossSite, companyRoute, parseQuery } from "@/lib/server/routes";
import { exportRules, RULES_FORMATS } from "@/lib/services/detections/export-rules";

export const dynamic = "force-dynamic";

const exportQuery = z.object({ format: z.enum(RULES_FORMATS, "must be yaml or sigma") });

/** `GET /[company]/alerts/rules/export?format=yaml|sigma`: the rules with the company's settings as a file. */
export const GET = companyRoute("alerts:read", async (request, context) => {
  assertNotCrossSite(request);
  const { format } = parseQuery(exportQuery, request.nextUrl.searchParams);
  const { fileName, text } = await exportRules(context, format);
  return new Response(text, {
    headers: {
      "Cache-Control": "no-store",
      "X-Content-Type-Options": "nosniff",
      "Content-Type": "application/yaml; charset=utf-8",
      "Content-Disposition": `attachment; filename="${fileName}"`,
    },
  });
});
