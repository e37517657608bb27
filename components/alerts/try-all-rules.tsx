"use client";

import { useTranslations } from "next-intl";
import { useEffect } from "react";
import { Button } from "@/components/ui/button";
import { toast } from "@/components/ui/toast";
import { useBacktest } from "./use-backtest";

const DAYS = 30;

/** Asks every rule about the past at once; their cards then tell of their last backtest. */
export function TryAllRules({ companyId, zone }: { companyId: number; zone: string }) {
  const t = useTranslations("ruleScreens");
  const { state, run, stop } = useBacktest(`/${companyId}/alerts/rules/backtest`);
  useEffect(() => {
    if (state.status === "refused") toast.error(state.message);
    if (state.status !== "done") return;
    const alerts = state.backtests.reduce((sum, one) => sum + one.total, 0);
    toast.success(t("backtestAllDone", { alerts, rules: state.backtests.length, days: DAYS }));
  }, [state, t]);
  const isRunning = state.status === "running";
  return (
    <>
      <Button
        variant="outline"
        size="sm"
        isPending={isRunning}
        onClick={() => void run(new URLSearchParams({ days: String(DAYS), tz: zone }), DAYS)}
      >
        {t("backtestAll", { days: DAYS })}
      </Button>
      {isRunning && (
        <Button variant="ghost" size="sm" onClick={stop}>
          {t("stop")}
        </Button>
      )}
    </>
  );
}
