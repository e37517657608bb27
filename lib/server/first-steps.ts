import { can } from "@/lib/domain/permissions";
import { readFirstSteps, type Newcomer } from "@/lib/services/fleet/read-newcomers";
import type { CompanyView } from "./guards";

/** What an empty portal or company shows to those who may do something about it. */
export interface FirstSteps {
  /** Epoch milliseconds. */
  readAt: number;
  companyRef: string;
  /** The one company in view, or how many there are. */
  companyName: string | null;
  companyCount: number;
  mayAddCompany: boolean;
  hasPackage: boolean;
  /** That came last, newest first. */
  computers: Newcomer[];
}

/** Null where nothing is to be done any more, or not by this person. */
export async function firstStepsFor(view: CompanyView): Promise<FirstSteps | null> {
  const { actor } = view.access;
  const inView = view.company ? [view.company] : view.access.companies;
  if (!inView.some(({ id }) => can(actor, "site:manage", { companyId: id }))) return null;
  const readAt = Date.now();
  const steps = await readFirstSteps(view.scope, readAt);
  if (!steps) return null;
  const [first] = inView;
  return {
    ...steps,
    readAt,
    companyRef: view.companyRef,
    companyName: inView.length === 1 ? first!.name : null,
    companyCount: inView.length,
    mayAddCompany: can(actor, "company:create"),
  };
}

/** The same for a user who may add the first company, while there is none. */
export function firstStepsWithoutCompany(): FirstSteps {
  return {
    readAt: Date.now(),
    companyRef: "all",
    companyName: null,
    companyCount: 0,
    mayAddCompany: true,
    hasPackage: false,
    computers: [],
  };
}
