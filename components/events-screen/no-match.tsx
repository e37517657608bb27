import { SearchX } from "lucide-react";
import { useTranslations } from "next-intl";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { ALL_TIME } from "@/lib/domain/events/event-range";
import { hasFilters, type EventsRequest } from "@/lib/domain/events/filters";
import type { EventsNavigation } from "./use-events-navigation";

interface NoMatchProps {
  request: EventsRequest;
  isFirst: boolean;
  navigation: EventsNavigation;
}

/** Nothing to list although there are events: what holds the list back, and how to let it go. */
export function NoMatch({ request, isFirst, navigation }: NoMatchProps) {
  const t = useTranslations("events");
  const list = useTranslations("lists");
  if (!isFirst) {
    return (
      <EmptyState
        icon={SearchX}
        title={t("noMore")}
        description={t("noMoreNote")}
        actions={
          <Button variant="outline" onClick={navigation.toFirstPage}>
            {t("firstPage")}
          </Button>
        }
      />
    );
  }
  const isFiltered = request.only !== null || hasFilters(request.filters);
  return (
    <EmptyState
      icon={SearchX}
      title={isFiltered ? t("noMatch") : t("none")}
      description={isFiltered ? list("removeOrLonger") : t("noneNote")}
      actions={
        <>
          {isFiltered && (
            <Button variant="outline" onClick={navigation.clearFilters}>
              {list("clearFilters")}
            </Button>
          )}
          <Button variant="outline" onClick={() => navigation.changeFilters({ range: { preset: "30d" } })}>
            {list("last30Days")}
          </Button>
          <Button variant="ghost" onClick={() => navigation.changeFilters({ range: ALL_TIME })}>
            {t("allTime")}
          </Button>
        </>
      }
    />
  );
}
