import { readerOf } from "@/lib/server/report-page";
import { abortWith, queuedResponse } from "@/lib/server/queued-response";
import { assertNotCrossSite, companyRoute, parseQuery } from "@/lib/server/routes";
import { isStillAllowed, whileAllowed } from "@/lib/server/still-allowed";
import { streamResponse } from "@/lib/server/read-api/stream-response";
import { accountExportInput, exportAccount } from "@/lib/services/privacy/export-account";

export const dynamic = "force-dynamic";

/** `GET /[company]/privacy/export?account=…&format=json|csv`: what is held about an account. */
export const GET = companyRoute("privacy:manage", async (request, context, user) => {
  assertNotCrossSite(request);
  const asked = parseQuery(accountExportInput, request.nextUrl.searchParams);
  const abort = abortWith(request);
  const asker = { reader: readerOf(user), scope: context.scope, signal: abort.signal };
  return queuedResponse(request, asker, async (place) => {
    const { fileName, contentType, text } = await exportAccount(context, asked);
    const headers = {
      "Content-Type": contentType,
      "Content-Disposition": `attachment; filename="${fileName}"`,
    };
    const needed = { scope: context.scope, action: "privacy:manage", mayIdle: true } as const;
    const pieces = whileAllowed(text, () => isStillAllowed(user, needed));
    return streamResponse(pieces, headers, { abort, place });
  });
});
