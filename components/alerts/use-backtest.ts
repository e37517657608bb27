"use client";

import { useTranslations } from "next-intl";
import { useRouter } from "next/navigation";
import { useEffect, useRef, useState } from "react";
import type { Backtest } from "@/lib/services/detections/backtest-rule";

export type BacktestState =
  | { status: "idle" }
  | { status: "running"; days: number }
  | { status: "done"; backtests: Backtest[] }
  | { status: "refused"; message: string };

type T = ReturnType<typeof useTranslations<"forms">>;

/** Runs one backtest at a time; a new one, `stop`, which forgets the result too, and leaving the page end the one that runs. */
export function useBacktest(address: string) {
  const t = useTranslations("forms");
  const router = useRouter();
  const [state, setState] = useState<BacktestState>({ status: "idle" });
  const running = useRef<AbortController | null>(null);
  useEffect(() => () => running.current?.abort(), []);

  async function run(sent: URLSearchParams, days: number): Promise<void> {
    running.current?.abort();
    const controller = new AbortController();
    running.current = controller;
    setState({ status: "running", days });
    const next = await ask(t, address, sent, controller.signal);
    if (controller.signal.aborted) return;
    setState(next);
    // The card behind the dialog tells of the last backtest.
    if (next.status === "done") router.refresh();
  }
  function stop(): void {
    running.current?.abort();
    setState({ status: "idle" });
  }
  return { state, run, stop };
}

async function ask(
  t: T,
  address: string,
  body: URLSearchParams,
  signal: AbortSignal,
): Promise<BacktestState> {
  try {
    const answer = await fetch(address, { method: "POST", body, signal, cache: "no-store" });
    if (answer.ok) return { status: "done", ...((await answer.json()) as { backtests: Backtest[] }) };
    const refusal: unknown = await answer.json().catch(() => null);
    const message =
      typeof refusal === "object" && refusal !== null && "message" in refusal ? refusal.message : null;
    return { status: "refused", message: typeof message === "string" ? message : t("failed") };
  } catch {
    return { status: "refused", message: t("unreachable") };
  }
}
