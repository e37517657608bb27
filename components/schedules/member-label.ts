import type { useTranslations } from "next-intl";
import type { MemberChoice } from "@/lib/services/schedules/read-schedules";

/** Name and address of a recipient, or that the user was deleted. */
export function labelOf({ label }: MemberChoice, t: ReturnType<typeof useTranslations<"schedules">>): string {
  return label ?? t("deletedUser");
}
