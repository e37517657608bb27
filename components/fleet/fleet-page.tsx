import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { PageHeader } from "@/components/layout/page-header";
import { ZoneLabel } from "@/components/time/zone-label";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";
import type { FormAction } from "@/lib/domain/form-result";
import type { AccountDetail } from "@/lib/services/fleet/read-account";
import { LastEventsCard } from "./last-events-card";
import { OpenAlertsCard } from "./open-alerts-card";
import { PresentCard } from "./present-card";
import { ChangeTags, TagBadges } from "./tag-badges";
import { UsedCard } from "./used-card";

/** Of the page of an account or a computer, besides what is read of it. */
export interface FleetView {
  /** Of the address: links stay in the company or among all of them. */
  companyRef: string;
  zone: string;
  /** The company's, when several are in view. */
  companyName?: string;
  /** Changes tags; for those who may. */
  tagsAction?: FormAction<void>;
}

type Shown = Pick<AccountDetail, "present" | "events" | "openAlerts" | "tagging">;

interface FleetPageProps extends Omit<FleetView, "companyName">, Shown {
  kind: "account" | "computer";
  one: { companyId: number; id: number; name: string };
  /** Epoch milliseconds. */
  readAt: number;
  /** Company and site, as far as they need saying. */
  place: readonly (string | null | undefined)[];
  /** Before the one to its events. */
  links: readonly { href: string; label: string }[];
  /** The computers that an account uses, or the accounts that use a computer. */
  used: AccountDetail["computers"];
  /** `absent` shows without a session now, `unused` without any ever. */
  texts: Readonly<Record<"events" | "absent" | "used" | "unused", string>>;
  /** The first card, the last beside it, and the first of the wider column. */
  facts: ReactNode;
  last?: ReactNode;
  history?: ReactNode;
}

/** An account or a computer: how it is, what is on now, what it met and what it did last. */
export function FleetPage(props: FleetPageProps) {
  const { kind, one, companyRef, zone, texts } = props;
  const t = useTranslations("fleet");
  const other = kind === "account" ? "computer" : "account";
  const eventsHref = `/${companyRef}/events?range=30d&${kind}=${one.id}`;
  return (
    <>
      <FleetHeader {...props} links={[...props.links, { href: eventsHref, label: texts.events }]} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,2fr)_minmax(0,3fr)]">
        <div className="grid gap-4">
          {props.facts}
          <OpenAlertsCard
            {...props.openAlerts}
            zone={zone}
            allHref={`/${one.companyId}/alerts?${kind}=${one.id}`}
          />
          <PresentCard
            title={t("signedInNow")}
            by={other}
            places={props.present}
            none={texts.absent}
            zone={zone}
          />
          {props.last}
        </div>
        <div className="grid gap-4">
          {props.history}
          <UsedCard
            title={texts.used}
            by={other}
            list={props.used}
            none={texts.unused}
            allHref={`/${companyRef}/${other}s?${kind}=${one.id}&sort=-lastSeen`}
            zone={zone}
          />
          <LastEventsCard
            events={props.events}
            beside={other}
            allHref={eventsHref}
            companyRef={companyRef}
            zone={zone}
          />
        </div>
      </div>
    </>
  );
}

/** The heading, and what leads on from it. */
function FleetHeader({ kind, one, place, zone, readAt, links, tagging, tagsAction }: FleetPageProps) {
  const tagged = { companyId: one.companyId, [`${kind}Id`]: one.id };
  return (
    <>
      <PageCrumbs crumbs={[{ label: one.name }]} />
      <PageHeader
        title={one.name}
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
