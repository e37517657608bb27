"use server";

import { companyAction } from "@/lib/server/actions";
import { changeSilentAfter } from "@/lib/services/companies/change-silent-after";
import { silentAfterInput } from "@/lib/services/companies/company-input";

export const changeSilentAfterAction = companyAction("site:manage", silentAfterInput, changeSilentAfter);
