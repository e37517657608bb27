"use server";

import { companyAction } from "@/lib/server/actions";
import { revealKey } from "@/lib/services/sites/change-key";
import { keyRefInput } from "@/lib/services/sites/site-input";

/** Shows one API key to a user who may manage the company's sites; audited. */
export const revealKeyAction = companyAction("site:manage", keyRefInput, revealKey, { stepUp: true });
