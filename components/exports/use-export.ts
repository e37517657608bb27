"use client";

import { useTranslations } from "next-intl";
import { useCallback, useMemo } from "react";
import { toast } from "@/components/ui/toast";
import { download, Refused, type DownloadProgress } from "./download";
import { beginExport, finishExport } from "./under-way";

const TELLING_MILLISECONDS = 500;

/**
 * Starts exports and tells of each in a toast: how far it has come, with a way to stop it, and what came of it. They go on
 * while other pages of the portal are looked at; the browser asks before it leaves or reloads the portal.
 */
export function useExport(): (address: string, label: string) => void {
  const words = useExportWords();
  return useCallback(
    (address, label) => {
      const start = () => {
        const controller = new AbortController();
        beginExport(controller);
        void runExport({ address, label, words }, controller, start).finally(() => finishExport(controller));
      };
      start();
    },
    [words],
  );
}

interface Export {
  address: string;
  /** The format's. */
  label: string;
  words: ExportWords;
}

async function runExport(
  { address, label, words }: Export,
  controller: AbortController,
  startAgain: () => void,
): Promise<void> {
  const { t } = words;
  const title = t("exporting", { format: label });
  const cancel = { label: words.cancel, onClick: () => controller.abort() };
  const telling = { duration: Infinity, action: cancel, closeButton: false };
  const id = toast.loading(title, { ...telling, description: t("making") });
  let toldAt = -Infinity;
  const onPlace = (place: number) =>
    toast.loading(title, { ...telling, id, description: placeWords(t, place) });
  const onProgress = (progress: DownloadProgress) => {
    if (performance.now() - toldAt < TELLING_MILLISECONDS) return;
    toldAt = performance.now();
    toast.loading(title, { ...telling, id, description: progressWords(t, progress) });
  };
  const settled = { id, duration: 8_000, action: undefined, closeButton: true };
  try {
    const { fileName, ...progress } = await download(address, {
      signal: controller.signal,
      onProgress,
      onPlace,
    });
    const description = t("finishedFile", { file: fileName, progress: progressWords(t, progress) });
    toast.success(t("finished"), { ...settled, description });
  } catch (error) {
    if (controller.signal.aborted) {
      toast.info(t("canceled"), { ...settled, description: t("canceledNote") });
    } else {
      const again = error instanceof Refused && error.retryAfterSeconds !== null;
      toast.error(again ? t("notStarted") : t("failed"), {
        ...settled,
        duration: Infinity,
        description: failureWords(t, error),
        action: again ? { label: words.tryAgain, onClick: startAgain } : undefined,
      });
    }
  }
}

type T = ReturnType<typeof useTranslations<"exports">>;

interface ExportWords {
  t: T;
  cancel: string;
  tryAgain: string;
}

function useExportWords(): ExportWords {
  const t = useTranslations("exports");
  const cancel = useTranslations("forms")("cancel");
  const tryAgain = useTranslations("ui")("tryAgain");
  return useMemo(() => ({ t, cancel, tryAgain }), [t, cancel, tryAgain]);
}

function failureWords(t: T, error: unknown): string {
  // A connection that breaks is an error of the browser, whose text differs from browser to browser.
  if (!(error instanceof Refused)) return t("connectionLost");
  return error.message || t("answered", { status: String(error.status) });
}

/** Where a file stands that is not coming yet. */
function placeWords(t: T, place: number): string {
  if (place === 0) return t("making");
  return place === 1 ? t("next") : t("place", { place });
}

/** "12,345 rows, 1.2 MB". */
function progressWords(t: T, { bytes, rows }: DownloadProgress): string {
  const size =
    bytes < 1_000_000
      ? t("kilobytes", { size: Math.ceil(bytes / 1_000) })
      : t("megabytes", { size: Math.round(bytes / 100_000) / 10 });
  return rows === null ? size : t("rows", { rows, size });
}
