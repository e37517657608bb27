"use server";

import { companyAction } from "@/lib/server/actions";
import { eraseAccount, erasureInput } from "@/lib/services/privacy/persons";
import { privacyTextInput, savePrivacyText } from "@/lib/services/privacy/privacy-text";

export const savePrivacyTextAction = companyAction("privacy:manage", privacyTextInput, savePrivacyText);
export const eraseAccountAction = companyAction("privacy:manage", erasureInput, eraseAccount, {
  stepUp: true,
});
