import { PageCrumbs } from "@/components/layout/page-crumbs";
import { PageHeader } from "@/components/layout/page-header";
import { ZoneLabel } from "@/components/time/zone-label";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { FormAction } from "@/lib/domain/form-result";
import type { TagsOfOne } from "@/lib/services/tags/read-tags";
import { ChangeTags, TagBadges } from "./tag-badges";

interface FleetHeaderProps {
  name: string;
  /** Company and site, as far as they need saying. */
  place: readonly (string | null | undefined)[];
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  links: readonly { href: string; label: string }[];
  tagging: TagsOfOne;
  /** What names the account or computer, and its company. */
  tagged: Record<string, number>;
  /** Changes tags; for those who may. */
  tagsAction?: FormAction<void>;
}

/** The heading of an account's or a computer's page, and what leads on from it. */
export function FleetHeader(props: FleetHeaderProps) {
  const { name, place, zone, readAt, links, tagging, tagged, tagsAction } = props;
  return (
    <>
      <PageCrumbs crumbs={[{ label: name }]} />
      <PageHeader
        title={name}
        description={
          <span className="flex flex-wrap items-center gap-x-3 gap-y-1">
            {place.filter(Boolean).join(", ")}
            <ZoneLabel zone={zone} at={readAt} />
            <TagBadges tags={tagging.tags} />
          </span>
        }
        actions={
          <>
            {links.map(({ href, label }) => (
              <Button key={label} asChild variant="outline" size="sm">
                <Link href={href}>{label}</Link>
              </Button>
            ))}
            {tagsAction && <ChangeTags choices={tagging.choices} hidden={tagged} action={tagsAction} />}
          </>
        }
      />
    </>
  );
}
