"use server";

import { globalAction } from "@/lib/server/actions";
import { clearErrors, errorClearingInput } from "@/lib/services/errors/read-errors";

export const clearErrorsAction = globalAction("error-log:read", errorClearingInput, clearErrors);
