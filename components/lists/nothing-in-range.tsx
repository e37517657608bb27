import { SearchX, type LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ComponentProps, ReactNode } from "react";
import { LinkButton } from "@/components/ui/link-button";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import type { ListUrl } from "./use-list-url";

interface NothingFoundProps {
  url: ListUrl;
  /** What the parameters become when the filters are taken away; those set now say whether any is. */
  clearing: Readonly<Record<string, null>>;
  /** Said while a filter is set, and while none is. */
  filteredTitle: string;
  filteredDescription?: string;
  title: string;
  description: string;
  icon?: LucideIcon;
  /** Further buttons. */
  children?: ReactNode;
}

/** A report without a row: a filter is to blame and can be taken away at once, or there is nothing. */
export function NothingFound(props: NothingFoundProps) {
  const t = useTranslations("lists");
  const { url, clearing, filteredTitle, filteredDescription = t("removeFilter"), icon = SearchX } = props;
  const isFiltered = Object.keys(clearing).some((name) => url.get(name) !== "");
  return (
    <EmptyState
      icon={isFiltered ? SearchX : icon}
      title={isFiltered ? filteredTitle : props.title}
      description={isFiltered ? filteredDescription : props.description}
      actions={
        <>
          {isFiltered && (
            <Button variant="outline" onClick={() => url.set(clearing)}>
              {t("clearFilters")}
            </Button>
          )}
          {props.children}
        </>
      }
    />
  );
}

/** The same where the range may be to blame too. */
export function NothingInRange(props: Omit<NothingFoundProps, "filteredDescription" | "children">) {
  const t = useTranslations("lists");
  return (
    <NothingFound {...props} filteredDescription={t("removeOrLonger")}>
      <Button variant="outline" onClick={() => props.url.set({ range: "30d", from: null, to: null })}>
        {t("last30Days")}
      </Button>
    </NothingFound>
  );
}

interface NothingYetProps extends ComponentProps<typeof EmptyState> {
  isFiltered: boolean;
  filteredTitle?: string;
}

/** A list without a row: none is left by the filters, or nothing has come yet. */
export function NothingYet({ isFiltered, filteredTitle, ...nothing }: NothingYetProps) {
  const t = useTranslations("lists");
  if (!isFiltered) return <EmptyState {...nothing} />;
  return (
    <EmptyState icon={SearchX} title={filteredTitle ?? t("noMatch")} description={t("removeOrBroaden")} />
  );
}

/** A list that has rows, but none that its filters leave. */
export function NothingMatches({ title, url }: { title: string; url: ListUrl }) {
  const t = useTranslations("lists");
  return (
    <EmptyState
      icon={SearchX}
      title={title}
      description={t("removeOrBroaden")}
      actions={
        <LinkButton href={url.pathname} onStep={url.clear}>
          {t("clearFilters")}
        </LinkButton>
      }
    />
  );
}

/** The parameters, each to be taken out of the address. */
export function cleared(names: readonly string[]): Record<string, null> {
  return Object.fromEntries(names.map((name) => [name, null]));
}
