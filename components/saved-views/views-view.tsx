"use client";

import { Bookmark } from "lucide-react";
import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/layout/page-header";
import { LinkButton } from "@/components/ui/link-button";
import { TitledCard } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { TextLink } from "@/components/ui/text-link";
import { ViewMenu, type ViewActions } from "./view-menu";
import type { WordedView } from "./worded-views";

interface ViewsViewProps {
  companyId: number;
  own: readonly WordedView[];
  shared: readonly WordedView[];
  mayShare: boolean;
  actions: ViewActions;
}

/** The tables kept under a name: the user's own and those the company shares. */
export function ViewsView(props: ViewsViewProps) {
  const t = useTranslations("savedViews");
  const { companyId, own, shared } = props;
  return (
    <>
      <PageHeader title={t("title")} description={t("description")} />
      {own.length + shared.length === 0 ? (
        <EmptyState
          icon={Bookmark}
          title={t("empty")}
          description={t("emptyNote")}
          actions={<LinkButton href={`/${companyId}/events`}>{t("goToEvents")}</LinkButton>}
        />
      ) : (
        <div className="grid gap-4">
          <ViewList {...props} title={t("own")} note={t("ownNote")} views={own} none={t("ownNone")} />
          <ViewList
            {...props}
            title={t("shared")}
            note={t("sharedNote")}
            views={shared}
            none={t("sharedNone")}
          />
        </div>
      )}
    </>
  );
}

interface ViewListProps extends ViewsViewProps {
  title: string;
  note: string;
  views: readonly WordedView[];
  none: string;
}

function ViewList({ title, note, views, none, ...props }: ViewListProps) {
  return (
    <TitledCard title={title} description={note}>
      {views.length === 0 ? (
        <p className="text-sm text-muted-foreground">{none}</p>
      ) : (
        <ul aria-label={title} className="grid">
          {views.map((view) => (
            <ViewItem key={view.id} view={view} {...props} />
          ))}
        </ul>
      )}
    </TitledCard>
  );
}

function ViewItem({ view, ...props }: ViewItemProps & { view: WordedView }) {
  return (
    <li className="flex items-center gap-2 border-b py-2.5 last:border-0">
      <div className="grid min-w-0 flex-1 gap-0.5 text-sm">
        {view.href === null ? (
          <span className="wrap-anywhere">{view.name}</span>
        ) : (
          <TextLink href={view.href} className="wrap-anywhere">
            {view.name}
          </TextLink>
        )}
        <span className="text-muted-foreground wrap-anywhere">{view.words}</span>
      </div>
      {view.isManaged && <ViewMenu view={view} {...props} />}
    </li>
  );
}

type ViewItemProps = Pick<ViewsViewProps, "companyId" | "actions" | "mayShare">;
