"use client";

import { useEffect, useRef, useState } from "react";
import { KindIcon } from "@/components/events/kind-icon";
import { LiveSign } from "@/components/live/live-sign";
import type { LiveState } from "@/components/live/use-live-events";
import { DateRangePicker } from "@/components/time/date-range-picker";
import { Label } from "@/components/ui/label";
import { SearchInput } from "@/components/ui/search-input";
import { Switch } from "@/components/ui/switch";
import { RANGE_LABEL, RANGE_PRESETS, type ResolvedRange } from "@/lib/domain/events/event-range";
import type { EventFilters, EventsRequest } from "@/lib/domain/events/filters";
import { EVENT_KINDS, KIND_LABEL } from "@/lib/domain/events/kinds";
import { ChoiceMenu } from "./choice-menu";

export interface SiteChoice {
  id: number;
  name: string;
}

interface EventsToolbarProps {
  request: EventsRequest;
  sites: readonly SiteChoice[];
  zone: string;
  span?: ResolvedRange;
  liveState: LiveState;
  onFilters: (filters: EventFilters) => void;
  onLive: (isLive: boolean) => void;
}

const PRESETS = RANGE_PRESETS.map((id) => ({ id, label: RANGE_LABEL[id] }));
const KINDS = EVENT_KINDS.map((kind) => ({
  value: kind,
  label: (
    <>
      <KindIcon kind={kind} /> {KIND_LABEL[kind]}
    </>
  ),
}));

export function EventsToolbar({
  request,
  sites,
  zone,
  span,
  liveState,
  onFilters,
  onLive,
}: EventsToolbarProps) {
  const { filters } = request;
  return (
    <>
      <SearchBox value={filters.search} onSearch={(search) => onFilters({ ...filters, search })} />
      <DateRangePicker
        value={filters.range}
        onChange={(range) => onFilters({ ...filters, range })}
        presets={PRESETS}
        zone={zone}
        span={span}
      />
      <ChoiceMenu
        label="Kind"
        choices={KINDS}
        chosen={filters.kinds}
        onChange={(kinds) => onFilters({ ...filters, kinds })}
      />
      {sites.length > 1 && (
        <ChoiceMenu
          label="Site"
          choices={sites.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={filters.siteIds}
          onChange={(siteIds) => onFilters({ ...filters, siteIds })}
        />
      )}
      <div className="flex items-center gap-2">
        <Switch id="live" checked={request.isLive} onCheckedChange={onLive} />
        <Label htmlFor="live">Live updates</Label>
        {request.isLive && <LiveSign state={liveState} />}
      </div>
    </>
  );
}

const TYPING_MILLISECONDS = 350;

/** Searches when typing pauses; follows the address when that changes by other means. */
function SearchBox({ value, onSearch }: { value: string; onSearch: (search: string) => void }) {
  const [typed, setTyped] = useState(value);
  const [known, setKnown] = useState(value);
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined);
  if (known !== value) {
    setKnown(value);
    setTyped(value);
  }
  useEffect(() => () => clearTimeout(timer.current), []);
  return (
    <SearchInput
      label="Search account or computer"
      isPageSearch
      value={typed}
      maxLength={255}
      onValueChange={(text) => {
        setTyped(text);
        clearTimeout(timer.current);
        timer.current = setTimeout(() => onSearch(text.trim()), text === "" ? 0 : TYPING_MILLISECONDS);
      }}
    />
  );
}
