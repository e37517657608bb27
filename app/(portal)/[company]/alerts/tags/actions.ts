"use server";

import { accountTagsForm, computerTagsForm, patternForm, patternRef } from "@/lib/domain/tag-form";
import { companyAction } from "@/lib/server/actions";
import {
  addPattern,
  changeAccountTags,
  changeComputerTags,
  removePattern,
} from "@/lib/services/tags/manage-tags";

export const addPatternAction = companyAction("alerts:manage", patternForm, addPattern);
export const removePatternAction = companyAction("alerts:manage", patternRef, removePattern);
export const changeAccountTagsAction = companyAction("alerts:manage", accountTagsForm, changeAccountTags);
export const changeComputerTagsAction = companyAction("alerts:manage", computerTagsForm, changeComputerTags);
