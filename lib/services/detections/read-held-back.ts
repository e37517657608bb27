import { findCompany } from "@/db/queries/companies/company";
import { listHeldBack } from "@/db/queries/detections/memories";
import type { Transaction } from "@/db/client";
import type { CompanyWriteScope } from "@/db/scope";
import { ianaZone, localDateOf } from "@/lib/domain/zones";
import { readSettings } from "../settings/read-settings";

export interface HeldBack {
  rule: string;
  /** Alerts it has kept back on the company's present day. */
  held: number;
}

/** The rules that have made too many alerts on the company's present day. `now` in epoch milliseconds. */
export async function readHeldBack(
  tx: Transaction,
  scope: CompanyWriteScope,
  now: number,
): Promise<HeldBack[]> {
  const { timeZone: portalZone } = await readSettings();
  const zone = ianaZone((await findCompany(tx, scope))?.timeZone ?? portalZone);
  return listHeldBack(tx, scope, localDateOf(now, zone));
}
