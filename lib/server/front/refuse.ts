import { STATUS_CODES, type IncomingMessage, type ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import { acceptedLanguages, chooseLocale, languageOf } from "@/lib/domain/locales";
import { wordText, type Text } from "@/lib/domain/text";
import { readerOf } from "@/lib/texts";

/** Why a request is not passed on, as its answer says it. */
export interface Refusal {
  status: number;
  message: string;
  headers?: Record<string, string>;
}

const PATIENCE_MILLISECONDS = 5_000;

function bodyOf({ message }: Refusal): string {
  return JSON.stringify({ message, status: "error" });
}

function headersOf({ headers }: Refusal): Record<string, string> {
  return {
    "Content-Type": "application/json; charset=utf-8",
    "Cache-Control": "no-store",
    "X-Content-Type-Options": "nosniff",
    ...headers,
  };
}

/** Answers with the refusal as JSON, in place of the request's handler. */
export function refuse(req: IncomingMessage, res: ServerResponse, refusal: Refusal): void {
  answer(req, res, refusal.status, headersOf(refusal), bodyOf(refusal));
}

/** Why a page is not shown, as it says it. */
interface PageRefusal extends Pick<Refusal, "status"> {
  title: Text;
  note: Text;
  retryAfterSeconds: number;
}

/** The same for people: a page of one sentence in the browser's language, without scripts. */
export function refusePage(req: IncomingMessage, res: ServerResponse, refusal: PageRefusal): void {
  const { status, retryAfterSeconds } = refusal;
  const headers = {
    ...headersOf({ status, message: "", headers: { "Retry-After": String(retryAfterSeconds) } }),
    Vary: "Accept-Language",
    "Content-Type": "text/html; charset=utf-8",
    "Content-Security-Policy": "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
  };
  answer(req, res, status, headers, pageOf(refusal, req.headers["accept-language"] ?? null));
}

function answer(
  req: IncomingMessage,
  res: ServerResponse,
  status: number,
  headers: Record<string, string>,
  body: string,
): void {
  if (res.destroyed || res.headersSent) return;
  // What was not read of a refused body is not worth reading: the connection is closed instead.
  const isOver = req.complete || !hasBody(req);
  res.writeHead(status, {
    ...headers,
    "Content-Length": String(Buffer.byteLength(body)),
    ...(!isOver && { Connection: "close" }),
  });
  res.end(req.method === "HEAD" ? undefined : body);
  if (!isOver) req.resume();
}

/** Whether the request came with a body, or said that it would. */
export function hasBody(req: IncomingMessage): boolean {
  return req.headers["transfer-encoding"] !== undefined || Number(req.headers["content-length"] ?? 0) > 0;
}

/** Writes the refusal to the bare connection and ends it: for a request that no handler can answer. */
export function refuseConnection(socket: Duplex, refusal: Refusal): void {
  socket.on("error", () => socket.destroy());
  const body = bodyOf(refusal);
  const head = { ...headersOf(refusal), "Content-Length": Buffer.byteLength(body), Connection: "close" };
  const lines = Object.entries(head).map(([name, value]) => `${name}: ${value}\r\n`);
  const status = `HTTP/1.1 ${refusal.status} ${STATUS_CODES[refusal.status] ?? ""}\r\n`;
  socket.end(`${status}${lines.join("")}\r\n${body}`, () => socket.destroy());
  setTimeout(() => socket.destroy(), PATIENCE_MILLISECONDS).unref();
}

function pageOf(refusal: PageRefusal, acceptLanguage: string | null): string {
  const locale = languageOf(chooseLocale(acceptedLanguages(acceptLanguage)));
  const reader = readerOf(locale, "UTC");
  const [title, note] = [wordText(refusal.title, reader), wordText(refusal.note, reader)];
  return `<!doctype html>
<html lang="${locale}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="dark light">
<title>${title} · WinAuthMon</title>
<style>body{font:1rem/1.5 system-ui,sans-serif;max-width:32rem;margin:20vh auto 0;padding:0 1rem}h1{font-size:1.5rem}</style>
</head>
<body><main><h1>${title}</h1><p>${note}</p></main></body>
</html>
`;
}
