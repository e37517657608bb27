import { readdirSync, readFileSync } from "node:fs";
import type { IncomingMessage, ServerResponse } from "node:http";
import path from "node:path";

const TYPES: Readonly<Record<string, string>> = {
  ".js": "application/javascript; charset=UTF-8",
  ".css": "text/css; charset=UTF-8",
};
const ADDRESS = "/_next/static/";
const PACKED = ".br";

/** Answers a request for a file that has a packed copy; false where there is none, or the browser does not take it. */
export type PackedFiles = (req: IncomingMessage, res: ServerResponse) => boolean;

/**
 * The Brotli copies that the build lays beside scripts and style sheets (scripts/lib/pack-static.mjs): smaller than
 * what Next packs with gzip at each request, and ready. `folder` is the built `.next/static`.
 */
export function packedFiles(folder: string): PackedFiles {
  const types = new Map(namesIn(folder).flatMap((name) => typeOf(name)));
  const bodies = new Map<string, Buffer>();
  return (req, res) => {
    const name = nameIn(req);
    const type = name === null ? undefined : types.get(name);
    if (name === null || !type || !takesBrotli(req)) return false;
    const body = bodies.get(name) ?? readIn(folder, name + PACKED);
    if (!body) return false;
    bodies.set(name, body);
    res.writeHead(200, {
      "Content-Type": type,
      "Content-Encoding": "br",
      "Content-Length": body.length,
      "Cache-Control": "public, max-age=31536000, immutable",
      Vary: "Accept-Encoding",
      "X-Content-Type-Options": "nosniff",
    });
    res.end(req.method === "HEAD" ? undefined : body);
    return true;
  };
}

/** Without a build, as in tests of the front, there are none. */
function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder, { recursive: true, encoding: "utf8" });
  } catch {
    return [];
  }
}

/** null once a new build has replaced the folder below the running server. */
function readIn(folder: string, name: string): Buffer | null {
  try {
    return readFileSync(path.join(folder, name));
  } catch {
    return null;
  }
}

function typeOf(file: string): [string, string][] {
  if (!file.endsWith(PACKED)) return [];
  const name = file.slice(0, -PACKED.length).split(path.sep).join("/");
  const type = TYPES[path.extname(name)];
  return type ? [[name, type]] : [];
}

function nameIn({ method, url = "" }: IncomingMessage): string | null {
  if ((method !== "GET" && method !== "HEAD") || !url.startsWith(ADDRESS)) return null;
  return url.slice(ADDRESS.length).split("?")[0]!;
}

function takesBrotli({ headers }: IncomingMessage): boolean {
  const accepted = headers["accept-encoding"]?.toString() ?? "";
  return accepted
    .split(",")
    .some((coding) => /^\s*br\s*(;\s*q=(1(\.0*)?|0?\.\d*[1-9]\d*))?\s*$/.test(coding));
}
