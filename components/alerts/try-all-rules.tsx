"use client";

import { useEffect } from "react";
import { toast } from "sonner";
import { Button } from "@/components/ui/button";
import { counted } from "@/lib/domain/detections/words";
import { useBacktest } from "./use-backtest";

const DAYS = 30;

/** Asks every rule about the past at once; their cards then tell of their last backtest. */
export function TryAllRules({ companyId, zone }: { companyId: number; zone: string }) {
  const { state, run, stop } = useBacktest(`/${companyId}/alerts/rules/backtest`);
  useEffect(() => {
    if (state.status === "refused") toast.error(state.message);
    if (state.status !== "done") return;
    const total = state.backtests.reduce((sum, one) => sum + one.total, 0);
    toast.success(
      `${counted(total, "alert")} of ${counted(state.backtests.length, "rule")} in ${DAYS} days.`,
    );
  }, [state]);
  const isRunning = state.status === "running";
  return (
    <>
      <Button
        variant="outline"
        size="sm"
        isPending={isRunning}
        onClick={() => void run(new URLSearchParams({ days: String(DAYS), tz: zone }), DAYS)}
      >
        {`Backtest all on ${DAYS} days`}
      </Button>
      {isRunning && (
        <Button variant="ghost" size="sm" onClick={stop}>
          Stop
        </Button>
      )}
    </>
  );
}
