import type { NextRequest } from "next/server";
import { handlers } from "@/lib/server/auth/next-auth";

const READABLE = new Set(["/api/auth/csrf", "/api/auth/session"]);

/** What next-auth tells a signed-in browser. Its own pages and its state changes are closed: forms use server actions. */
export async function GET(request: NextRequest): Promise<Response> {
  if (!READABLE.has(request.nextUrl.pathname)) return notFound();
  const response = await handlers.GET(request);
  // Reading must not make an unremembered session's cookie outlive the browser.
  if (request.nextUrl.pathname === "/api/auth/session") response.headers.delete("set-cookie");
  return response;
}

export function POST(): Response {
  return notFound();
}

function notFound(): Response {
  return Response.json({ message: "Not found.", status: "error" }, { status: 404 });
}
