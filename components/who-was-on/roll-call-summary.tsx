import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { cn } from "@/components/ui/cn";
import type { ListUrl } from "@/components/lists/use-list-url";
import { useWords } from "@/components/ui/use-words";
import {
  accountsText,
  sessionsText,
  statesText,
  type RollCallCount,
  type SiteCount,
} from "@/lib/domain/reports/roll-call-columns";

interface RollCallSummaryProps {
  url: ListUrl;
  inAll: RollCallCount;
  bySite: readonly SiteCount[];
  isManyCompanies: boolean;
}

const MOST_SITES = 11;

/** How many are on in all and at each site; each site leads to its rows. */
export function RollCallSummary({ url, inAll, bySite, isManyCompanies }: RollCallSummaryProps) {
  const t = useTranslations("whoWasOn");
  const shown = bySite.slice(0, MOST_SITES);
  const chosen = url.get("site");
  return (
    <section aria-label={t("counts")} className="grid gap-2">
      <ul className="grid gap-2 sm:grid-cols-2 lg:grid-cols-3 xl:grid-cols-4">
        <li className="grid grid-cols-1 gap-0.5 rounded-lg border bg-card px-3 py-2 text-sm">
          <Count name={t("total")} count={inAll} />
        </li>
        {shown.map((site) => {
          const isChosen = chosen === String(site.siteId);
          const name = isManyCompanies ? `${site.companyName}, ${site.siteName}` : site.siteName;
          const changes = { site: isChosen ? null : String(site.siteId) };
          return (
            <li key={site.siteId} className="min-w-0">
              <Link
                {...url.link(changes)}
                scroll={false}
                aria-current={isChosen ? "true" : undefined}
                className={cn(
                  "grid h-full grid-cols-1 gap-0.5 rounded-lg border bg-card px-3 py-2 text-sm hover:bg-muted/60",
                  isChosen && "border-ring bg-muted",
                )}
              >
                <Count name={name} count={site} />
              </Link>
            </li>
          );
        })}
      </ul>
      {bySite.length > shown.length && (
        <p className="text-sm text-muted-foreground">
          {t("moreSites", { count: bySite.length - shown.length })}
        </p>
      )}
    </section>
  );
}

function Count({ name, count }: { name: string; count: RollCallCount }) {
  const t = useTranslations("whoWasOn");
  const word = useWords("reportStates");
  return (
    <>
      <span className="flex items-baseline justify-between gap-2">
        <span className="min-w-0 truncate text-muted-foreground" title={name}>
          {name}
        </span>
        <span className="tabular text-base font-semibold whitespace-nowrap">
          {word(accountsText(count.accounts))}
        </span>
      </span>
      <span className="text-xs text-muted-foreground">
        {t("sessionStates", {
          sessions: word(sessionsText(count.sessions)),
          states: word(statesText(count)),
        })}
      </span>
    </>
  );
}
