"use client";

import { useTranslations } from "next-intl";
import { unstable_isUnrecognizedActionError, unstable_rethrow } from "next/navigation";
import { useActionState, useCallback, useSyncExternalStore } from "react";
import type { FormAction, FormResult } from "@/lib/domain/form-result";
import { typedValues } from "@/lib/domain/form-values";
import { withProof } from "./with-proof";

const subscribeToNothing = () => () => undefined;

/**
 * Makes an action of the server answer with an error when the server does not answer, or does not know the action since
 * an update. Otherwise React would replace the page, and all that was typed, with the error page.
 */
export function useAnswered(): <Result>(action: FormAction<Result>) => FormAction<Result> {
  const t = useTranslations("forms");
  return useCallback(
    (action) => async (state, form) => {
      try {
        return await action(state, form);
      } catch (error) {
        unstable_rethrow(error); // a redirect, 403 or 404
        const message = t(unstable_isUnrecognizedActionError(error) ? "outdated" : "unreachable");
        return { status: "error", message, values: typedValues(form) };
      }
    },
    [t],
  );
}

/**
 * React's `useActionState` of an action that {@link useAnswered} and `withProof` surround, for a form that begins idle.
 *
 * Before React has taken the page over, the form posts to the action itself, so it works without scripts.
 */
export function useServerAction<Result>(action: FormAction<Result>) {
  const answered = useAnswered();
  const isTakenOver = useSyncExternalStore(
    subscribeToNothing,
    () => true,
    () => false,
  );
  return useActionState<FormResult<Result>, FormData>(isTakenOver ? withProof(answered(action)) : action, {
    status: "idle",
  });
}
