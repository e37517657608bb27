"use server";

import { companyAction } from "@/lib/server/actions";
import {
  changeKey,
  createKey,
  deleteKey,
  disableKey,
  enableKey,
  revealKey,
  rotateKey,
} from "@/lib/services/sites/change-key";
import { deleteSite, renameSite } from "@/lib/services/sites/change-site";
import { findPastedKey } from "@/lib/services/sites/find-key";
import { createSite } from "@/lib/services/sites/create-site";
import {
  changesReach,
  keyChangeInput,
  keyRefInput,
  keyRotationInput,
  keySearchInput,
  newKeyInput,
  newSiteInput,
  siteDeletionInput,
  siteRenameInput,
} from "@/lib/services/sites/site-input";

export const createSiteAction = companyAction("site:manage", newSiteInput, createSite);
export const renameSiteAction = companyAction("site:manage", siteRenameInput, renameSite);
export const deleteSiteAction = companyAction("site:manage", siteDeletionInput, deleteSite);
export const createKeyAction = companyAction("site:manage", newKeyInput, createKey, { stepUp: true });
export const revealKeyAction = companyAction("site:manage", keyRefInput, revealKey, { stepUp: true });
export const rotateKeyAction = companyAction("site:manage", keyRotationInput, rotateKey, { stepUp: true });
export const changeKeyAction = companyAction("site:manage", keyChangeInput, changeKey, {
  stepUp: changesReach,
});
export const disableKeyAction = companyAction("site:manage", keyRefInput, disableKey);
export const enableKeyAction = companyAction("site:manage", keyRefInput, enableKey);
export const findKeyAction = companyAction("site:manage", keySearchInput, findPastedKey);
export const deleteKeyAction = companyAction("site:manage", keyRefInput, deleteKey);
