import type { Transaction } from "@/db/client";
import type { CompanyWriteScope } from "@/db/scope";
import { inEnglish } from "@/lib/english";
import { ruleTitle } from "@/lib/domain/detections/alert";
import { MOST_A_DAY } from "@/lib/domain/detections/throttle";
import { notify } from "../notifications/notify";
import { NEWS_MS } from "../watch/news";

/** A day may be anywhere on Earth. */
const ZONES_MS = 14 * 60 * 60_000;

/** Says once that a rule keeps alerts of a day back, unless that day is long over, as an import brings it. */
export async function tellThrottled(
  tx: Transaction,
  scope: CompanyWriteScope,
  days: Iterable<string>,
): Promise<void> {
  for (const key of days) {
    const [rule, day] = key.split(" ") as [string, string];
    const endsAt = Date.parse(`${day}T00:00:00Z`) + 24 * 60 * 60_000 + ZONES_MS;
    if (endsAt < Date.now() - NEWS_MS) continue;
    const params = { rule, title: inEnglish(ruleTitle(rule)), day, most: MOST_A_DAY };
    await notify(tx, scope, "rule.throttled", params, `throttled:${key}`);
  }
}
