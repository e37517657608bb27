import {
  Activity,
  BellRing,
  Bookmark,
  Braces,
  Building2,
  ChartColumn,
  CircleUser,
  Clock,
  Database,
  FileClock,
  KeyRound,
  LayoutDashboard,
  LogIn,
  Monitor,
  ScrollText,
  Settings,
  ShieldAlert,
  ShieldCheck,
  TriangleAlert,
  User,
  Users,
  type LucideIcon,
  type LucideProps,
} from "lucide-react";
import type { NavIconName } from "@/lib/domain/nav-model";

const icons: Record<NavIconName, LucideIcon> = {
  api: Braces,
  dashboard: LayoutDashboard,
  events: Activity,
  "time-spent": Clock,
  logons: LogIn,
  failures: ShieldAlert,
  "who-was-on": FileClock,
  computers: Monitor,
  accounts: User,
  companies: Building2,
  users: Users,
  sites: KeyRound,
  settings: Settings,
  errors: TriangleAlert,
  audit: ScrollText,
  system: Database,
  alerts: BellRing,
  shield: ShieldAlert,
  reports: ChartColumn,
  views: Bookmark,
  profile: CircleUser,
  privacy: ShieldCheck,
};

export function NavIcon({ name, ...props }: LucideProps & { name: NavIconName }) {
  const Icon = icons[name];
  return <Icon aria-hidden {...props} />;
}
