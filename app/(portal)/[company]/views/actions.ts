"use server";

import { newViewForm, viewChangeForm, viewRef } from "@/lib/services/views/view-input";
import { companyAction } from "@/lib/server/actions";
import { changeView, deleteView, saveView } from "@/lib/services/views/manage-views";

export const saveViewAction = companyAction("events:read", newViewForm, saveView);
export const changeViewAction = companyAction("events:read", viewChangeForm, changeView);
export const deleteViewAction = companyAction("events:read", viewRef, deleteView);
