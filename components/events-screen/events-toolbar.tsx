"use client";

import { useTranslations } from "next-intl";
import { KindIcon } from "@/components/events/kind-icon";
import { useTypedSearch } from "@/components/lists/use-typed-search";
import { LiveSign } from "@/components/live/live-sign";
import type { LiveState } from "@/components/live/use-live-events";
import { DateRangePicker } from "@/components/time/date-range-picker";
import { Label } from "@/components/ui/label";
import { SearchInput } from "@/components/ui/search-input";
import { Switch } from "@/components/ui/switch";
import { RANGE_LABEL, RANGE_PRESETS, type ResolvedRange } from "@/lib/domain/events/event-range";
import { KIND_GROUPS, type EventsRequest } from "@/lib/domain/events/filters";
import { EVENT_KINDS, type EventKind } from "@/lib/domain/events/kinds";
import { ChoiceMenu } from "./choice-menu";
import type { EventsNavigation } from "./use-events-navigation";

export interface SiteChoice {
  id: number;
  name: string;
}

interface EventsToolbarProps {
  request: EventsRequest;
  sites: readonly SiteChoice[];
  zone: string;
  span?: ResolvedRange;
  /** The page is one that new events belong on. */
  canBeLive: boolean;
  liveState: LiveState;
  navigation: EventsNavigation;
}

const PRESETS = RANGE_PRESETS.map((id) => ({ id, label: RANGE_LABEL[id] }));
const KINDS = EVENT_KINDS.map((kind) => ({
  value: kind,
  label: (
    <>
      <KindIcon kind={kind} /> <KindWord kind={kind} />
    </>
  ),
}));
function KindWord({ kind }: { kind: EventKind }) {
  return useTranslations("eventKinds")(kind);
}

const KIND_SHORTCUTS = KIND_GROUPS.map(({ name, kinds }) => ({ label: name, values: kinds }));

export function EventsToolbar(props: EventsToolbarProps) {
  const { request, sites, navigation } = props;
  const { filters } = request;
  return (
    <>
      <SearchBox value={filters.search} onSearch={navigation.refineSearch} />
      <DateRangePicker
        value={filters.range}
        onChange={(range) => navigation.changeFilters({ ...filters, range })}
        presets={PRESETS}
        zone={props.zone}
        span={props.span}
      />
      <ChoiceMenu
        label="Kind"
        choices={KINDS}
        shortcuts={KIND_SHORTCUTS}
        chosen={filters.kinds}
        onChange={(kinds) => navigation.changeFilters({ ...filters, kinds })}
      />
      {sites.length > 1 && (
        <ChoiceMenu
          label="Site"
          choices={sites.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={filters.siteIds}
          onChange={(siteIds) => navigation.changeFilters({ ...filters, siteIds })}
        />
      )}
      <LiveSwitch {...props} />
    </>
  );
}

function LiveSwitch({ request, canBeLive, liveState, navigation }: EventsToolbarProps) {
  return (
    <div className="flex h-9 items-center gap-2">
      <Switch
        id="live"
        checked={request.isLive}
        onCheckedChange={(isOn) => navigation.change({ isLive: isOn })}
      />
      <Label htmlFor="live">Live updates</Label>
      {request.isLive &&
        (canBeLive ? (
          <LiveSign state={liveState} />
        ) : (
          <span className="text-xs text-muted-foreground">on the first page, newest first</span>
        ))}
    </div>
  );
}

/** Searches when typing pauses. */
function SearchBox({ value, onSearch }: { value: string; onSearch: (search: string) => void }) {
  const typed = useTypedSearch(value, onSearch);
  return <SearchInput label="Search account or computer" isPageSearch maxLength={255} {...typed} />;
}
