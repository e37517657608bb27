import { z } from "zod";
import { listOf, optionalParagraphs, paragraphs, rowId } from "../form-input";
import { issue } from "../text";
import { ALERT_STATES } from "./alert";
import { reasonUntil } from "./reason-until";
import { RULE_NAMES } from "./rule";

const MOST_COMMENT = 1_000;

const comment = optionalParagraphs(MOST_COMMENT);

/** What to make of one alert or several. */
export const alertStateForm = z.object({
  alertId: listOf(rowId).refine((ids) => ids.length > 0, issue("alertErrors.alertsMissing")),
  state: z.enum(ALERT_STATES, issue("alertErrors.stateMissing")),
  comment,
});

/** The new assignee; empty to unassign. */
export const alertAssignForm = z.object({
  alertId: listOf(rowId).refine((ids) => ids.length > 0, issue("alertErrors.alertsMissing")),
  assignee: z.string().trim().max(255).default(""),
});

/** What a program changes in an alert: absent fields stay unchanged; a null assignee unassigns it. */
export const alertPatch = z
  .strictObject({
    state: z.enum(ALERT_STATES).optional().meta({ description: "The state it comes to." }),
    comment: z
      .string()
      .max(MOST_COMMENT)
      .pipe(paragraphs(MOST_COMMENT))
      .optional()
      .meta({ description: "Written below the alert; with a state it belongs to that change." }),
    assignee: z
      .string()
      .max(255)
      .nullable()
      .optional()
      .meta({ description: "The username of a member who can manage alerts; null for no one." }),
  })
  .refine(
    (given) => Object.values(given).some((value) => value !== undefined),
    issue("alertErrors.patchEmpty"),
  );

export const alertCommentForm = z.object({
  alertId: rowId,
  comment: comment.refine((text) => text !== null, issue("alertErrors.commentMissing")),
});

/** An exception made from an alert: its rule does not count its account or address any more. */
export const exceptionForm = z.object({ alertId: rowId, ...reasonUntil });

export const exceptionRef = z.object({ exceptionId: rowId });
export const ruleName = z.enum(RULE_NAMES, issue("alertErrors.ruleMissing"));
