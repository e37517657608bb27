import { z } from "zod";
import { COMPANY_ROLES, GLOBAL_ROLES } from "@/lib/domain/actor";
import { editOf } from "@/lib/domain/edit-input";
import { checkbox, listOf, rowId } from "@/lib/domain/form-input";
import { loginTextOf } from "@/lib/domain/login";
import { LARGEST_ID } from "@/lib/domain/row-id";
import { issue } from "@/lib/domain/text";
import { emailText, usernameText } from "@/lib/domain/user-input";

const globalRole = z.enum(GLOBAL_ROLES, issue("errors.roleMissing"));
const companyRole = z.enum(COMPANY_ROLES, issue("errors.roleMissing"));
const MAX_BULK = 200;

export const newUserInput = z.object({
  username: usernameText,
  email: emailText,
  globalRole: globalRole.default("User"),
  /** How the person gets a password: chosen by the link of a mail, or a temporary one to be handed over. */
  access: z.enum(["invitation", "temporary-password"], issue("errors.choiceMissing")).optional(),
  /** `companyId:role`, one for each company. */
  memberships: listOf(
    z
      .string()
      .regex(
        new RegExp(String.raw`^[1-9]\d{0,9}:(${COMPANY_ROLES.join("|")})$`),
        issue("errors.membershipWrong"),
      )
      .refine((text) => !(Number.parseInt(text, 10) > LARGEST_ID), issue("errors.membershipWrong"))
      .transform((text) => {
        const [companyId, role] = text.split(":");
        return { companyId: Number(companyId), role: companyRole.parse(role) };
      }),
    100,
  ).refine(
    (list) => new Set(list.map(({ companyId }) => companyId)).size === list.length,
    issue("errors.companyTwice"),
  ),
});

export const userRefInput = z.object({ userId: rowId });
export const userChangeInput = editOf({ userId: rowId }, { username: usernameText, email: emailText });
export const userStateInput = z.object({
  userIds: listOf(rowId, MAX_BULK).refine((ids) => ids.length > 0, issue("errors.noUserChosen")),
  isActive: z.enum(["true", "false"]).transform((text) => text === "true"),
});
export const mfaRequirementInput = editOf(
  { userId: rowId },
  {
    requirement: z
      .enum(["inherit", "required", "not-required"], issue("errors.choiceMissing"))
      .transform((choice) => (choice === "inherit" ? null : choice === "required")),
  },
);
export const globalRoleInput = editOf({ userId: rowId }, { role: globalRole });
export const membershipInput = z.object({
  userId: rowId,
  memberCompanyId: rowId,
  role: companyRole,
  /** Of a form that adds: it changes no role that another person has given meanwhile. */
  isNew: checkbox,
});
export const membershipRemovalInput = z.object({ userId: rowId, memberCompanyId: rowId });
/** An existing user, by username or email address, to be added to the company. */
export const memberToAddInput = z.object({
  name: z.string().transform((typed, context) => {
    const login = loginTextOf(typed);
    if (login !== null) return login;
    context.addIssue(issue("errors.userNameMissing"));
    return z.NEVER;
  }),
  role: companyRole,
});
export const userDeletionInput = z.object({ userId: rowId, confirmedName: z.string().trim() });
