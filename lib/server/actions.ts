import { headers } from "next/headers";
import { randomUUID } from "node:crypto";
import { isAppError, isDatabaseOutage } from "@/lib/errors";
import { logger } from "@/lib/logger";

/** What a form shows after its action: nothing yet, done, or what is wrong and where. */
export interface FormState {
  status: "idle" | "done" | "error";
  message?: string;
  fieldErrors?: Record<string, string>;
  /** What was typed, without passwords, so that an error does not empty the form. */
  values?: Record<string, string>;
}

/**
 * Refuses a state change that another site's page could have sent. Next compares Origin with Host but lets a
 * request without Origin pass; browsers always send one with a POST.
 */
export async function assertSameOrigin(): Promise<void> {
  const given = await headers();
  const origin = given.get("origin");
  const host = given.get("x-forwarded-host") ?? given.get("host");
  if (!origin || !host || URL.parse(origin)?.host !== host)
    throw new Error("A state change came from another origin.");
}

/** Turns an error into what a form may show; unknown ones are logged under an id and shown only by it. */
export function formStateOf(error: unknown, values?: Record<string, string>): FormState {
  if (isAppError(error)) {
    const fieldErrors = Object.fromEntries(error.fields.map(({ field, message }) => [field, message]));
    return { status: "error", message: error.message, fieldErrors, values };
  }
  if (isDatabaseOutage(error)) {
    return {
      status: "error",
      message: "The database cannot be reached at the moment. Try again soon.",
      values,
    };
  }
  const requestId = randomUUID();
  logger.error({ err: error, requestId }, "an action failed");
  return {
    status: "error",
    message: `This could not be done because of an error of ours (request ${requestId}).`,
    values,
  };
}
