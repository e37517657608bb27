"use client";

import { useCallback, useEffect, useRef } from "react";
import { toast } from "@/components/ui/toast";
import { download, Refused, type DownloadProgress } from "./download";

const TELLING_MILLISECONDS = 500;

/** Starts exports and tells of each in a toast: how far it has come, with a way to stop it, and what came of it. */
export function useExport(): (address: string, label: string) => void {
  const running = useRef(new Set<AbortController>());
  useEffect(() => {
    const all = running.current;
    return () => all.forEach((controller) => controller.abort());
  }, []);
  return useCallback((address, label) => {
    const start = () => {
      const controller = new AbortController();
      running.current.add(controller);
      void runExport(address, label, controller, start).finally(() => running.current.delete(controller));
    };
    start();
  }, []);
}

async function runExport(
  address: string,
  label: string,
  controller: AbortController,
  startAgain: () => void,
): Promise<void> {
  const cancel = { label: "Cancel", onClick: () => controller.abort() };
  const telling = { duration: Infinity, action: cancel, closeButton: false };
  const id = toast.loading(`Exporting to ${label}…`, { ...telling, description: "The file is being made." });
  let toldAt = 0;
  const onPlace = (place: number) =>
    toast.loading(`Exporting to ${label}…`, { ...telling, id, description: placeWords(place) });
  const onProgress = (progress: DownloadProgress) => {
    if (Date.now() - toldAt < TELLING_MILLISECONDS) return;
    toldAt = Date.now();
    toast.loading(`Exporting to ${label}…`, { ...telling, id, description: progressWords(progress) });
  };
  const settled = { id, duration: 8_000, action: undefined, closeButton: true };
  try {
    const { fileName, ...progress } = await download(address, {
      signal: controller.signal,
      onProgress,
      onPlace,
    });
    toast.success("Export finished", {
      ...settled,
      description: `${fileName}: ${progressWords(progress)}`,
    });
  } catch (error) {
    if (controller.signal.aborted) {
      toast.info("Export cancelled", { ...settled, description: "No file was saved." });
    } else {
      const again = error instanceof Refused && error.retryAfterSeconds !== null;
      toast.error(again ? "The export was not started" : "The export failed", {
        ...settled,
        duration: Infinity,
        description: failureWords(error),
        action: again ? { label: "Try again", onClick: startAgain } : undefined,
      });
    }
  }
}

function failureWords(error: unknown): string {
  // A broken connection is a TypeError whose text differs from browser to browser.
  if (error instanceof TypeError) return "The connection broke off, so no file was saved. Try again.";
  return error instanceof Error ? error.message : "The server did not answer.";
}

/** Where a file stands that is not coming yet. */
export function placeWords(place: number): string {
  if (place === 0) return "The file is being made.";
  return place === 1 ? "Waiting: next in the queue." : `Waiting: number ${place} in the queue.`;
}

/** "12,345 rows, 1.2 MB". */
export function progressWords({ bytes, rows }: DownloadProgress): string {
  const size =
    bytes < 1_000_000
      ? `${Math.ceil(bytes / 1_000).toLocaleString("en")} kB`
      : `${(bytes / 1_000_000).toLocaleString("en", { maximumFractionDigits: 1 })} MB`;
  return rows === null ? size : `${rows.toLocaleString("en")} ${rows === 1 ? "row" : "rows"}, ${size}`;
}
