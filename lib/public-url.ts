import { env } from "./env";

/** The portal's public address without a slash at its end; null until PUBLIC_URL (or AUTH_URL) tells it. */
export function publicUrl(): string | null {
  const { PUBLIC_URL, AUTH_URL } = env();
  const configured = PUBLIC_URL ?? AUTH_URL;
  return configured ? new URL(configured).origin : null;
}
