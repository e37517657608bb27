import { checkNewPassword } from "@/lib/domain/common-passwords";
import { AppError } from "@/lib/errors";
import { passwordPolicyOf } from "../settings/password-policy";
import { readSettings } from "../settings/read-settings";

/** @throws AppError `invalid` on the given field, listing every rule of the settings that the password breaks. */
export async function assertPasswordAllowed(
  password: string,
  owner: { username: string; email: string },
  field: string,
): Promise<void> {
  const broken = checkNewPassword(password, passwordPolicyOf(await readSettings()), owner).filter(
    (rule) => !rule.ok,
  );
  if (broken.length === 0) return;
  const message = broken.map(({ rule, values }) => ({ key: `passwordRules.${rule}` as const, values }));
  throw new AppError("invalid", { key: "errors.newPasswordRefused" }, [{ field, message }]);
}
