import type { PasswordPolicy } from "@/lib/domain/passwords";
import type { Settings } from "./read-settings";

/** The password rules among the settings. */
export function passwordPolicyOf(settings: Settings): PasswordPolicy {
  return {
    minLength: settings.passwordMinLength,
    requiresNumbersAndMixedCase: settings.passwordRequireNumbersMixedCase,
    requiresSpecialCharacter: settings.passwordRequireSpecialChars,
    specialCharacters: settings.passwordSafeSpecialChars,
  };
}
