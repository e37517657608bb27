"use server";

import { userAction } from "@/lib/server/actions";
import { markNotificationsRead, markReadInput } from "@/lib/services/notifications/bell";

export const markNotificationsReadAction = userAction(markReadInput, markNotificationsRead);
