import { backtestForm } from "@/lib/domain/detections/rule-form";
import { ianaZone } from "@/lib/domain/zones";
import { AppError, isAppError } from "@/lib/errors";
import { assertSameOrigin } from "@/lib/server/actions";
import { readerOf } from "@/lib/server/report-page";
import { companyRoute, parseQuery } from "@/lib/server/routes";
import { wordError } from "@/lib/server/texts/word-error";
import { deniedAttemptOf } from "@/lib/services/access/denied";
import { backtestAllRules, backtestRule } from "@/lib/services/detections/backtest-rule";

export const dynamic = "force-dynamic";

/** `POST /[company]/alerts/rules/backtest`: what a rule would have found with values as typed, or every rule with its own; ends when the reader leaves. */
export const POST = companyRoute("alerts:manage", async (request, context, user) => {
  await assertSameOrigin();
  const sent = new URLSearchParams(await request.text());
  const { rule, days, tz } = parseQuery(backtestForm, sent);
  const ask = { days, zone: ianaZone(tz), now: Date.now(), reader: readerOf(user), signal: request.signal };
  try {
    const backtests = rule
      ? [await backtestRule(context, { ...ask, rule, typed: (name) => sent.get(name) })]
      : await backtestAllRules(context, ask);
    return Response.json({ backtests }, { headers: { "Cache-Control": "no-store" } });
  } catch (error) {
    throw await inReadersWords(error);
  }
});

/** The screen shows a refusal as it comes, so it is in the reader's language. */
async function inReadersWords(error: unknown): Promise<unknown> {
  if (!isAppError(error) || deniedAttemptOf(error)) return error;
  const { message } = await wordError(error);
  return new AppError(error.code, message, error.wording.fields, error.retryAfterSeconds);
}
