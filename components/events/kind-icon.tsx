import {
  CircleHelp,
  CirclePlay,
  CircleX,
  Lock,
  LockOpen,
  LogIn,
  LogOut,
  type LucideIcon,
  type LucideProps,
  MonitorDown,
  MonitorUp,
  MoonStar,
  Power,
  ShieldBan,
  Sunrise,
} from "lucide-react";
import type { EventKind } from "@/lib/domain/events/kinds";

const icons: Record<EventKind, LucideIcon> = {
  logon: LogIn,
  unlock: LockOpen,
  remote_connect: MonitorUp,
  lock: Lock,
  remote_disconnect: MonitorDown,
  logoff: LogOut,
  sleep: MoonStar,
  shutdown: Power,
  startup: CirclePlay,
  wake: Sunrise,
  logon_failed: CircleX,
  lockout: ShieldBan,
  other: CircleHelp,
};

/** The kind's own icon in the kind's own colour. Decoration: the word stands beside it. */
export function KindIcon({ kind, style, ...props }: LucideProps & { kind: EventKind }) {
  const Icon = icons[kind];
  return <Icon aria-hidden style={{ color: kindTextColour(kind), ...style }} {...props} />;
}

/** For words and icons: at least 4.5:1 on every surface of both themes. */
export function kindTextColour(kind: EventKind): string {
  return `var(--kind-${kind})`;
}

/** For bars and dots. */
export function kindFillColour(kind: EventKind): string {
  return `var(--kind-${kind}-fill)`;
}
