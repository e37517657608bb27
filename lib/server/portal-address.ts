import { headers } from "next/headers";
import { env } from "@/lib/env";

/** The portal's public address without a slash at its end: AUTH_URL, else as this request names it. */
export async function portalAddress(): Promise<string> {
  const configured = env().AUTH_URL;
  if (configured) return new URL(configured).origin;
  const given = await headers();
  const host = given.get("x-forwarded-host") ?? given.get("host") ?? "localhost";
  return `${given.get("x-forwarded-proto")?.split(",")[0] ?? "http"}://${host}`;
}
