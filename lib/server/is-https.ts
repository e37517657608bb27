import { env } from "@/lib/env";

/**
 * Whether the portal is reached over https: by its public address when AUTH_URL tells it, else by what the proxy or
 * server.ts said of this request.
 */
export function isHttpsRequest(headers: { get(name: string): string | null }): boolean {
  if (env().AUTH_URL?.startsWith("https:")) return true;
  return headers.get("x-forwarded-proto")?.split(",")[0]?.trim() === "https";
}
