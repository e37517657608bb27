export interface DownloadProgress {
  bytes: number;
  /** Lines that have come so far, without the headers; null for what is not text. */
  rows: number | null;
}

export interface Downloaded extends DownloadProgress {
  fileName: string;
}

const GATHERED_BYTES = 8 * 1024 * 1024;

/**
 * Fetches a file while telling how far it has come, then hands it to the browser to save.
 *
 * @throws Error with the server's words, or when the answer breaks off; an AbortError once the signal is raised.
 */
export async function download(
  address: string,
  signal: AbortSignal,
  onProgress: (progress: DownloadProgress) => void,
): Promise<Downloaded> {
  const response = await fetch(address, { signal, cache: "no-store" });
  if (!response.ok || !response.body) throw new Error(await refusalOf(response));
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

async function refusalOf(response: Response): Promise<string> {
  const body: unknown = await response.json().catch(() => null);
  const message = typeof body === "object" && body !== null && "message" in body ? body.message : null;
  return typeof message === "string" ? message : `The server answered ${response.status}.`;
}

function countLines(bytes: Uint8Array): number {
  let lines = 0;
  for (const byte of bytes) if (byte === 0x0a) lines += 1;
  return lines;
}

/** The name in the extended form of RFC 5987, which the server always sends. */
export function fileNameOf(disposition: string | null): string | null {
  const encoded = /filename\*=UTF-8''([^;]+)/i.exec(disposition ?? "")?.[1];
  try {
    return encoded ? decodeURIComponent(encoded) : null;
  } catch {
    return null;
  }
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
