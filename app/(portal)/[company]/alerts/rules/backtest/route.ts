import { backtestForm } from "@/lib/domain/detections/rule-form";
import { ianaZone } from "@/lib/domain/zones";
import { assertSameOrigin } from "@/lib/server/actions";
import { readerOf } from "@/lib/server/report-page";
import { companyRoute, parseQuery } from "@/lib/server/routes";
import { backtestAllRules, backtestRule } from "@/lib/services/detections/backtest-rule";

export const dynamic = "force-dynamic";

/** `POST /[company]/alerts/rules/backtest`: what a rule would have found with values as typed, or every rule with its own; ends when the reader leaves. */
export const POST = companyRoute("alerts:manage", async (request, context, user) => {
  await assertSameOrigin();
  const sent = new URLSearchParams(await request.text());
  const { rule, days, tz } = parseQuery(backtestForm, sent);
  const ask = { days, zone: ianaZone(tz), now: Date.now(), reader: readerOf(user), signal: request.signal };
  const backtests = rule
    ? [await backtestRule(context, { ...ask, rule, typed: (name) => sent.get(name) })]
    : await backtestAllRules(context, ask);
  return Response.json({ backtests }, { headers: { "Cache-Control": "no-store" } });
});
