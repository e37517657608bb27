import { assertNotCrossSite, companyRoute, parseQuery } from "@/lib/server/routes";
import { streamResponse } from "@/lib/server/read-api/stream-response";
import { accountExportInput, exportAccount } from "@/lib/services/privacy/export-account";

export const dynamic = "force-dynamic";

/** `GET /[company]/privacy/export?account=…&format=json|csv`: what is held about an account. */
export const GET = companyRoute("privacy:manage", async (request, context) => {
  assertNotCrossSite(request);
  const asked = parseQuery(accountExportInput, request.nextUrl.searchParams);
  const { fileName, contentType, text } = await exportAccount(context, asked);
  const headers = {
    "Content-Type": contentType,
    "Content-Disposition": `attachment; filename="${fileName}"`,
  };
  return streamResponse(text, headers, new AbortController());
});
