import { type NextRequest, NextResponse } from "next/server";
import { publicUrl } from "@/lib/public-url";
import { clientAddressOf } from "@/lib/server/client-address";
import { refusalResponse } from "@/lib/server/routes";
import { unsubscribe } from "@/lib/services/mail/unsubscribe";

export const dynamic = "force-dynamic";

const tokenOf = (request: NextRequest) => request.nextUrl.searchParams.get("token") ?? "";

/** What a mail program posts for its reader (RFC 8058). The link is the proof: there is no session and no origin. */
export async function POST(request: NextRequest): Promise<Response> {
  try {
    await unsubscribe(tokenOf(request), clientAddressOf(request.headers));
    return new Response("Unsubscribed.\n", { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    return refusalResponse(error, request.nextUrl.pathname, null, true);
  }
}

/** A reader who opens the address finds the page that asks first. */
export function GET(request: NextRequest): Response {
  const page = new URL("/unsubscribe", publicUrl() ?? request.nextUrl.origin);
  page.searchParams.set("token", tokenOf(request));
  return NextResponse.redirect(page, 303);
}
