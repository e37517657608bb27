import { CircleHelp, Lock, type LucideIcon, UserCheck } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { Badge } from "@/components/ui/badge";

export const PRESENCE_STATES = ["active", "locked", "uncertain"] as const;
export type PresenceState = (typeof PRESENCE_STATES)[number];

interface Look {
  icon: LucideIcon;
  /** For words and icons, and for bars: variables of globals.css. */
  textColour: string;
  fillColour: string;
}

/** How being at a computer looks, in badges, charts and timelines alike. */
export const PRESENCE_LOOK: Readonly<Record<PresenceState, Look>> = {
  active: {
    icon: UserCheck,
    textColour: "var(--state-active)",
    fillColour: "var(--state-active-fill)",
  },
  locked: {
    icon: Lock,
    textColour: "var(--state-locked)",
    fillColour: "var(--state-locked-fill)",
  },
  uncertain: {
    icon: CircleHelp,
    textColour: "var(--state-uncertain)",
    fillColour: "var(--state-uncertain-fill)",
  },
};

/** The state's icon, word, and color. `children`: what stands behind the word, such as on how many computers. */
export function PresenceStateBadge({
  state,
  className,
  children,
}: {
  state: PresenceState;
  className?: string;
  children?: ReactNode;
}) {
  const t = useTranslations("reportStates");
  const { icon: Icon, textColour } = PRESENCE_LOOK[state];
  return (
    <Badge variant="outline" style={{ color: textColour }} className={className}>
      <Icon aria-hidden />
      {t(state)}
      {children}
    </Badge>
  );
}
