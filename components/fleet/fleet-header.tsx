import type { ReactNode } from "react";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { PageHeader } from "@/components/layout/page-header";
import { ZoneLabel } from "@/components/time/zone-label";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";

interface FleetHeaderProps {
  name: string;
  /** Company and site, as far as they need saying. */
  place: readonly (string | null | undefined)[];
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  links: readonly { href: string; label: string }[];
  /** Beside the place, and behind the links. */
  badges?: ReactNode;
  more?: ReactNode;
}

/** The heading of an account's or a computer's page, and what leads on from it. */
export function FleetHeader({ name, place, zone, readAt, links, badges, more }: FleetHeaderProps) {
  return (
    <>
      <PageCrumbs crumbs={[{ label: name }]} />
      <PageHeader
        title={name}
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {place.filter(Boolean).join(", ")}
            <ZoneLabel zone={zone} at={readAt} />
            {badges}
          </span>
        }
        actions={
          <>
            {links.map(({ href, label }) => (
              <Button key={label} asChild variant="outline" size="sm">
                <Link href={href}>{label}</Link>
              </Button>
            ))}
            {more}
          </>
        }
      />
    </>
  );
}
