export interface DownloadProgress {
  bytes: number;
  /** Lines that have come so far, without the headers; null for what is not text. */
  rows: number | null;
}

export interface Downloaded extends DownloadProgress {
  fileName: string;
}

/** An answer that is no file: the server's words if any, and seconds after which trying again makes sense, if it does. */
export class Refused extends Error {
  constructor(
    message: string,
    readonly status: number,
    readonly retryAfterSeconds: number | null,
  ) {
    super(message);
  }
}

interface Watching {
  signal: AbortSignal;
  onProgress: (progress: DownloadProgress) => void;
  /** While the file waits for its turn: how many go before it. */
  onPlace: (place: number) => void;
}

const ASKING_MILLISECONDS = 1_000;
const GATHERED_BYTES = 8 * 1024 * 1024;

/**
 * Fetches a file while telling how far it has come, then hands it to the browser to save.
 *
 * @throws Refused with the server's words; an Error when the answer breaks off; an AbortError once the signal is raised.
 */
export async function download(
  address: string,
  { signal, onProgress, onPlace }: Watching,
): Promise<Downloaded> {
  const ticket = makeTicket();
  const stopAsking = askForPlace(ticket, onPlace);
  const headers = { "X-Export-Ticket": ticket };
  const response = await fetch(address, { signal, headers, cache: "no-store" }).finally(stopAsking);
  // Without a session, some paths lead to the sign-in page.
  if (response.redirected) throw new Refused("", 401, null);
  if (!response.ok || !response.body) throw await refusalOf(response);
  const isText = response.headers.get("content-type")?.startsWith("text/csv") ?? false;
  const progress: DownloadProgress = { bytes: 0, rows: isText ? -1 : null };
  let whole = new Blob();
  let gathered: Uint8Array<ArrayBuffer>[] = [];
  let gatheredBytes = 0;
  const reader = response.body.getReader();
  for (;;) {
    const { done, value } = await reader.read();
    if (done) break;
    gathered.push(value);
    gatheredBytes += value.length;
    // The browser may keep a Blob on disk, so that a large file does not fill the tab's memory.
    if (gatheredBytes >= GATHERED_BYTES) {
      whole = new Blob([whole, ...gathered]);
      gathered = [];
      gatheredBytes = 0;
    }
    progress.bytes += value.length;
    if (progress.rows !== null) progress.rows += countLines(value);
    onProgress({ ...progress, rows: progress.rows === null ? null : Math.max(0, progress.rows) });
  }
  const fileName = fileNameOf(response.headers.get("content-disposition")) ?? "export";
  save(new Blob([whole, ...gathered], { type: response.headers.get("content-type") ?? "" }), fileName);
  return { ...progress, fileName };
}

/** Fit for a page without HTTPS as well, where there is no randomUUID. */
function makeTicket(): string {
  return Array.from(crypto.getRandomValues(new Uint8Array(16)), (byte) =>
    byte.toString(16).padStart(2, "0"),
  ).join("");
}

/** Asks for the place in the queue until told to stop. That it cannot be told keeps no file waiting. */
function askForPlace(ticket: string, onPlace: (place: number) => void): () => void {
  let isOver = false;
  const ask = async () => {
    const response = await fetch(`/api/exports/place?ticket=${ticket}`, { cache: "no-store" }).catch(
      () => null,
    );
    const body: unknown = response?.ok ? await response.json().catch(() => null) : null;
    const place = typeof body === "object" && body !== null && "place" in body ? body.place : null;
    if (!isOver && typeof place === "number") onPlace(place);
    if (!isOver) timer = setTimeout(() => void ask(), ASKING_MILLISECONDS);
  };
  let timer = setTimeout(() => void ask(), ASKING_MILLISECONDS);
  return () => {
    isOver = true;
    clearTimeout(timer);
  };
}

async function refusalOf(response: Response): Promise<Refused> {
  const body: unknown = await response.json().catch(() => null);
  const message = typeof body === "object" && body !== null && "message" in body ? body.message : null;
  const words = typeof message === "string" ? message : "";
  return new Refused(words, response.status, Number(response.headers.get("retry-after")) || null);
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (const byte of bytes) if (byte === 0x0a) lines += 1;
  return lines;
}

/** The name, in the extended form of RFC 5987 where the server sends that. */
export function fileNameOf(disposition: string | null): string | null {
  const plain = /filename="([^"]+)"/i.exec(disposition ?? "")?.[1] ?? null;
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  try {
    return encoded ? decodeURIComponent(encoded) : plain;
  } catch {
    return plain;
  }
}

/** Posts a form whose answer is a small file, and hands that to the browser to save. @throws Refused. */
export async function downloadPosted(address: string, body: URLSearchParams): Promise<void> {
  const response = await fetch(address, { method: "POST", body, cache: "no-store" });
  if (!response.ok) throw await refusalOf(response);
  save(await response.blob(), fileNameOf(response.headers.get("content-disposition")) ?? "download");
}

function save(file: Blob, fileName: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement("a");
  link.href = url;
  link.download = fileName;
  link.click();
  // The browser begins to read it after this task; a minute is long enough for it to have taken hold.
  setTimeout(() => URL.revokeObjectURL(url), 60_000);
}
