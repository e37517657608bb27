"use server";

import { globalAction } from "@/lib/server/actions";
import { sendTestMail, testMailInput } from "@/lib/services/mail/test-mail";
import { previewPortalRetention, retentionInput } from "@/lib/services/retention/preview-retention";
import { addAllowedDomain, removeAllowedDomain } from "@/lib/services/settings/allowed-domains";
import { domainInput, domainRefInput, settingsInput } from "@/lib/services/settings/settings-input";
import { updateSettings } from "@/lib/services/settings/update-settings";

export const updateSettingsAction = globalAction("settings:update", settingsInput, updateSettings);
export const addDomainAction = globalAction("domains:update", domainInput, addAllowedDomain);
export const removeDomainAction = globalAction("domains:update", domainRefInput, removeAllowedDomain);
export const previewRetentionAction = globalAction("settings:update", retentionInput, previewPortalRetention);
export const sendTestMailAction = globalAction("settings:update", testMailInput, sendTestMail);
