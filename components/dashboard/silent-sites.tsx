import { CircleCheck } from "lucide-react";
import { Card, CardContent, CardHeader, CardTitle } from "@/components/ui/card";
import { EventAge } from "@/components/time/event-age";
import type { SilentSite } from "@/lib/services/dashboard/read-dashboard";

interface SilentSitesProps {
  sites: readonly SilentSite[];
  isManyCompanies: boolean;
  zone: string;
}

/** Sites whose agents have not been heard of for longer than the company allows. */
export function SilentSites({ sites, isManyCompanies, zone }: SilentSitesProps) {
  return (
    <Card id="silent-sites" className="scroll-mt-24">
      <CardHeader>
        <CardTitle>Silent sites</CardTitle>
      </CardHeader>
      <CardContent className="px-0">
        {sites.length === 0 ? (
          <p className="flex items-center gap-2 px-4 text-sm text-muted-foreground">
            <CircleCheck aria-hidden className="size-4 text-success-text" /> Every site is reporting.
          </p>
        ) : (
          <ul className="max-h-72 divide-y overflow-y-auto text-sm">
            {sites.map((site) => (
              <li key={site.siteId} className="flex items-center justify-between gap-3 px-4 py-2">
                <span className="min-w-0 truncate">
                  {isManyCompanies ? `${site.companyName}, ${site.siteName}` : site.siteName}
                </span>
                <span className="shrink-0 text-xs text-muted-foreground">
                  {site.lastAt === null ? "never reported" : <EventAge at={site.lastAt} zone={zone} />}
                </span>
              </li>
            ))}
          </ul>
        )}
      </CardContent>
    </Card>
  );
}
