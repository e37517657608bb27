"use client";

import { useTranslations } from "next-intl";
import { KindIcon } from "@/components/events/kind-icon";
import { ListSelect, SEARCH_CLASS, type ListFilter } from "@/components/lists/list-filters";
import { useTypedSearch } from "@/components/lists/use-typed-search";
import type { Changes } from "@/components/lists/list-query";
import { LiveSign } from "@/components/live/live-sign";
import type { LiveState } from "@/components/live/use-live-events";
import { DateRangePicker } from "@/components/time/date-range-picker";
import { Label } from "@/components/ui/label";
import { useWords } from "@/components/ui/use-words";
import { SearchInput } from "@/components/ui/search-input";
import { Switch } from "@/components/ui/switch";
import { RANGE_PRESETS, RANGE_TEXT, type ResolvedRange } from "@/lib/domain/events/event-range";
import { KIND_GROUPS, type EventsRequest } from "@/lib/domain/events/filters";
import { EVENT_KINDS } from "@/lib/domain/events/kinds";
import { ChoiceMenu } from "./choice-menu";
import type { EventsNavigation } from "./use-events-navigation";

export interface SiteChoice {
  id: number;
  name: string;
}

interface EventsToolbarProps {
  request: EventsRequest;
  sites: readonly SiteChoice[];
  /** Without choices where one company is in view. */
  companyFilter: ListFilter;
  zone: string;
  span?: ResolvedRange;
  /** The page is one that new events belong on. */
  canBeLive: boolean;
  liveState: LiveState;
  navigation: EventsNavigation;
}

const SHORTCUTS = { logons: "onlyLogons", failures: "onlyFailures" } as const;

function usePresets() {
  const word = useWords("lists");
  return RANGE_PRESETS.map((id) => ({ id, label: word({ key: RANGE_TEXT[id] }) }));
}

/** Kinds in the contract's order, and groups of them. */
function useKinds() {
  const t = useTranslations("events");
  const kindWord = useTranslations("eventKinds");
  return {
    choices: EVENT_KINDS.map((kind) => ({
      value: kind,
      label: (
        <>
          <KindIcon kind={kind} /> {kindWord(kind)}
        </>
      ),
    })),
    shortcuts: KIND_GROUPS.map(({ name, kinds }) => ({ label: t(SHORTCUTS[name]), values: kinds })),
  };
}

export function EventsToolbar(props: EventsToolbarProps) {
  const { request, sites, navigation } = props;
  const { filters } = request;
  const t = useTranslations("events");
  const list = useTranslations("lists");
  const presets = usePresets();
  const kinds = useKinds();
  return (
    <>
      <SearchBox value={filters.search} onSearch={navigation.refineSearch} />
      <DateRangePicker
        value={filters.range}
        onChange={(range) => navigation.changeFilters({ range })}
        presets={presets}
        zone={props.zone}
        span={props.span}
      />
      <CompanySelect {...props} />
      <ChoiceMenu
        label={t("kind")}
        {...kinds}
        chosen={filters.kinds}
        onChange={(change) => navigation.changeFilters(({ kinds }) => ({ kinds: change(kinds) }))}
      />
      {sites.length > 1 && (
        <ChoiceMenu
          label={list("site")}
          choices={sites.map(({ id, name }) => ({ value: id, label: name }))}
          chosen={filters.siteIds}
          onChange={(change) => navigation.changeFilters(({ siteIds }) => ({ siteIds: change(siteIds) }))}
        />
      )}
      <LiveSwitch {...props} />
    </>
  );
}

/** Holds the list of all companies to one of them. */
function CompanySelect({ request: { only }, companyFilter, navigation }: EventsToolbarProps) {
  if (companyFilter.choices.length === 0) return null;
  const url = {
    get: () => (only === null ? "" : String(only)),
    set: ({ only: chosen }: Changes) => navigation.holdTo(chosen ? Number(chosen) : null),
  };
  return <ListSelect url={url} filter={companyFilter} />;
}

function LiveSwitch({ request, canBeLive, liveState, navigation }: EventsToolbarProps) {
  const t = useTranslations("events");
  return (
    <div className="flex h-9 items-center gap-2">
      <Switch
        id="live"
        checked={request.isLive}
        onCheckedChange={(isOn) => navigation.change({ isLive: isOn })}
      />
      <Label htmlFor="live">{t("live")}</Label>
      {request.isLive &&
        (canBeLive ? (
          <LiveSign state={liveState} isBrief />
        ) : (
          <span className="text-xs text-muted-foreground">{t("liveNote")}</span>
        ))}
    </div>
  );
}

/** Searches when typing pauses. */
function SearchBox({ value, onSearch }: { value: string; onSearch: (search: string) => void }) {
  const t = useTranslations("events");
  const typed = useTypedSearch("search", value, onSearch);
  return <SearchInput label={t("search")} className={SEARCH_CLASS} isPageSearch maxLength={255} {...typed} />;
}
