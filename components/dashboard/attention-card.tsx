import {
  CircleCheck,
  KeyRound,
  type LucideIcon,
  MonitorX,
  RadioTower,
  ShieldAlert,
  TriangleAlert,
} from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { RelativeTime } from "@/components/time/relative-time";
import { formatDate } from "@/components/time/format";
import { TitledCard } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";
import { useWords } from "@/components/ui/use-words";
import { ruleTitle } from "@/lib/domain/detections/alert";
import { silentSitesHref } from "@/lib/domain/tile-lists";
import type { Attention } from "@/lib/services/dashboard/read-attention";
import type { SilentSite } from "@/lib/services/dashboard/read-dashboard";

export interface AttentionCardProps {
  attention: Attention;
  silentSites: readonly SilentSite[];
  companyRef: string;
  /** Whether the reader may open the sites of the company or companies in view. */
  maySeeSites: boolean;
  isManyCompanies: boolean;
  readAt: number;
  zone: string;
}

interface Line {
  id: string;
  icon: LucideIcon;
  isGrave?: boolean;
  words: string;
  href: string;
  /** Behind the words: when, for how long. */
  note?: ReactNode;
}

const SITES_NAMED = 3;

type T = ReturnType<typeof useTranslations<"dashboard">>;
type Word = ReturnType<typeof useWords>;

/** What needs attention; each line leads to where one deals with it. */
export function AttentionCard(props: AttentionCardProps) {
  const t = useTranslations("dashboard");
  const word = useWords("jobs", "ruleTitles", "ruleSentences");
  const lines = [
    ...alertLines(t, word, props),
    ...silenceLines(t, props),
    ...keyLines(t, props),
    ...jobLines(t, word, props),
  ];
  return (
    <TitledCard id="needs-attention" className="scroll-mt-24" title={t("attention")} contentClassName="px-0">
      {lines.length === 0 ? (
        <p className="flex items-center gap-2 px-4 text-sm text-muted-foreground">
          <CircleCheck aria-hidden className="size-4 text-success-text" /> {t("allGood")}
        </p>
      ) : (
        <ul aria-label={t("attention")} className="divide-y text-sm">
          {lines.map(({ id, ...line }) => (
            <LineItem key={id} {...line} />
          ))}
        </ul>
      )}
    </TitledCard>
  );
}

function LineItem({ icon: Icon, isGrave = false, words, href, note }: Omit<Line, "id">) {
  return (
    <li className="relative flex items-center gap-2.5 px-4 py-2 hover:bg-muted/60">
      <Icon
        aria-hidden
        className={cn("size-4 shrink-0", isGrave ? "text-destructive-text" : "text-warning-text")}
      />
      {/* The link is as large as its line. */}
      <Link
        href={href}
        title={words}
        className={cn(
          "min-w-0 flex-1 after:absolute after:inset-0 hover:underline max-md:wrap-anywhere md:truncate",
          isGrave && "font-medium",
        )}
      >
        <bdi>{words}</bdi>
      </Link>
      {note && <span className="shrink-0 text-xs text-muted-foreground">{note}</span>}
    </li>
  );
}

function alertLines(
  t: T,
  word: Word,
  { attention, companyRef, isManyCompanies, zone }: AttentionCardProps,
): Line[] {
  const { graveAlerts, furtherAlertCount } = attention;
  const grave = graveAlerts.map(({ companyId, companyName, id, rule, subject, createdAt }): Line => {
    const named = { rule: word(ruleTitle(rule)), subject: word(subject) };
    return {
      id: `alert-${companyId}-${id}`,
      icon: ShieldAlert,
      isGrave: true,
      words:
        isManyCompanies && companyName
          ? t("alertLineCompany", { ...named, company: companyName })
          : t("alertLine", named),
      href: `/${companyId}/alerts/${id}`,
      note: <RelativeTime at={createdAt} zone={zone} />,
    };
  });
  if (furtherAlertCount === 0) return grave;
  return [
    ...grave,
    {
      id: "alerts",
      icon: ShieldAlert,
      words: t(grave.length > 0 ? "moreAlerts" : "openAlerts", { count: furtherAlertCount }),
      href: `/${companyRef}/alerts?state=open`,
    },
  ];
}

function silenceLines(t: T, props: AttentionCardProps): Line[] {
  const { attention, silentSites, companyRef, maySeeSites, isManyCompanies } = props;
  const names = silentSites
    .slice(0, SITES_NAMED)
    .map(({ siteName, companyName }) =>
      isManyCompanies ? t("siteOf", { site: siteName, company: companyName }) : siteName,
    )
    .join(", ");
  const moreCount = silentSites.length - SITES_NAMED;
  const sites: Line = {
    id: "sites",
    icon: RadioTower,
    words: t("silentSites", {
      count: silentSites.length,
      names: moreCount > 0 ? t("namesAndMore", { names, count: moreCount }) : names,
    }),
    href: silentSitesHref(companyRef, maySeeSites),
  };
  const computers: Line = {
    id: "computers",
    icon: MonitorX,
    words: t("silentComputers", { count: attention.silentComputerCount }),
    href: `/${companyRef}/computers?health=silent`,
  };
  return [
    ...(silentSites.length > 0 ? [sites] : []),
    ...(attention.silentComputerCount > 0 ? [computers] : []),
  ];
}

function keyLines(
  t: T,
  { attention, companyRef, isManyCompanies, readAt, zone }: AttentionCardProps,
): Line[] {
  const { endingKeys, furtherKeyCount } = attention;
  const lines = endingKeys.map(
    ({ companyId, companyName, keyId, description, siteName, expiresAt }): Line => {
      const isPast = expiresAt <= readAt;
      const named = { name: description ?? String(keyId), site: siteName, company: companyName };
      const [expired, expires] = isManyCompanies
        ? (["keyExpiredCompany", "keyExpiresCompany"] as const)
        : (["keyExpired", "keyExpires"] as const);
      return {
        id: `key-${companyId}-${keyId}`,
        icon: KeyRound,
        isGrave: isPast,
        words: t(isPast ? expired : expires, named),
        href: `/${companyId}/sites#key-${keyId}`,
        note: formatDate(expiresAt, zone),
      };
    },
  );
  if (furtherKeyCount === 0) return lines;
  const words = t("moreKeys", { count: furtherKeyCount });
  return [...lines, { id: "keys", icon: KeyRound, words, href: `/${companyRef}/sites` }];
}

function jobLines(t: T, word: Word, { attention, zone }: AttentionCardProps): Line[] {
  return attention.failedJobs.map(({ title, at }) => ({
    id: `job-${title.key}`,
    icon: TriangleAlert,
    isGrave: true,
    words: t("jobFailed", { job: word(title) }),
    href: "/admin/system",
    note: at !== null && <RelativeTime at={at} zone={zone} />,
  }));
}
