import { SearchX } from "lucide-react";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { hasFilters, NO_FILTERS, type EventFilters } from "@/lib/domain/events/filters";
import type { EventsNavigation } from "./use-events-navigation";

interface NoMatchProps {
  filters: EventFilters;
  isFirst: boolean;
  navigation: EventsNavigation;
}

/** From here on every event there can be. */
const ALL_TIME = { from: Date.UTC(2000, 0, 1), to: null };

/** Nothing to list although there are events: what holds the list back, and how to let it go. */
export function NoMatch({ filters, isFirst, navigation }: NoMatchProps) {
  if (!isFirst) {
    return (
      <EmptyState
        icon={SearchX}
        title="No more events"
        description="The list ended before this page. Events that were on it may have been removed."
        actions={
          <Button variant="outline" onClick={navigation.toFirstPage}>
            Go to the first page
          </Button>
        }
      />
    );
  }
  const isFiltered = hasFilters(filters);
  return (
    <EmptyState
      icon={SearchX}
      title={isFiltered ? "No event matches these filters" : "No events in this time"}
      description={
        isFiltered
          ? "Take a filter away, or look at a longer time."
          : "There are events, but none of this time."
      }
      actions={
        <>
          {isFiltered && (
            <Button
              variant="outline"
              onClick={() => navigation.changeFilters({ ...NO_FILTERS, range: filters.range })}
            >
              Clear filters
            </Button>
          )}
          <Button
            variant="outline"
            onClick={() => navigation.changeFilters({ ...filters, range: { preset: "30d" } })}
          >
            Last 30 days
          </Button>
          <Button variant="ghost" onClick={() => navigation.changeFilters({ ...filters, range: ALL_TIME })}>
            All time
          </Button>
        </>
      }
    />
  );
}
