/** How an Origin header compares with the address the request came to. */
export type OriginVerdict = "same" | "other scheme" | "other";

/**
 * Compares scheme, host and port; a port that is the scheme's own may be left out. Anything that is not an origin,
 * such as `null`, is "other". "other scheme" is the same host and port by the other of http and https.
 */
export function compareOrigin(origin: string | null, isHttps: boolean, host: string | null): OriginVerdict {
  const sent = originOf(origin);
  const own = originOf(host && `${isHttps ? "https" : "http"}://${host}`);
  if (!sent || !own) return "other";
  if (sent === own) return "same";
  return sent === originOf(`${isHttps ? "http" : "https"}://${host}`) ? "other scheme" : "other";
}

function originOf(text: string | null): string | null {
  if (!text || !/^https?:\/\/[^/?#@\\\s]+$/i.test(text) || !URL.canParse(text)) return null;
  return new URL(text).origin;
}
