"use client";

import { Bookmark } from "lucide-react";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { TitledCard } from "@/components/ui/card";
import { EmptyState } from "@/components/ui/empty-state";
import { Link } from "@/components/ui/link";
import type { SavedView, ViewsScreen } from "@/lib/services/views/read-views";
import { ViewMenu, type ViewActions } from "./view-menu";

interface ViewsViewProps extends ViewsScreen {
  companyId: number;
  actions: ViewActions;
}

/** The tables kept under a name: the user's own and those the company shares. */
export function ViewsView(props: ViewsViewProps) {
  const { companyId, own, shared } = props;
  return (
    <>
      <PageHeader title="Saved views" description="Tables with their filters, order and columns." />
      {own.length + shared.length === 0 ? (
        <EmptyState
          icon={Bookmark}
          title="No saved view yet"
          description="Filter a table and choose Save view beside Export."
          actions={
            <Button asChild variant="outline">
              <Link href={`/${companyId}/events`}>Go to events</Link>
            </Button>
          }
        />
      ) : (
        <div className="grid gap-4">
          <ViewList
            {...props}
            title="Own views"
            note="Only you see them."
            views={own}
            none="You have saved no view for yourself."
          />
          <ViewList
            {...props}
            title="Shared views"
            note="Everybody who may see the company's events can open them."
            views={shared}
            none="The company shares no view yet."
          />
        </div>
      )}
    </>
  );
}

interface ViewListProps extends ViewsViewProps {
  title: string;
  note: string;
  views: readonly SavedView[];
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

function ViewItem({ view, ...props }: ViewItemProps & { view: SavedView }) {
  return (
    <li className="flex items-center gap-2 border-b py-2.5 last:border-0">
      <div className="grid min-w-0 flex-1 gap-0.5 text-sm">
        {view.href === null ? (
          <span className="wrap-anywhere">{view.name}</span>
        ) : (
          <Link href={view.href} className="text-link wrap-anywhere hover:underline">
            {view.name}
          </Link>
        )}
        <span className="text-muted-foreground wrap-anywhere">{wordsOf(view)}</span>
      </div>
      {view.isManaged && <ViewMenu view={view} {...props} />}
    </li>
  );
}

type ViewItemProps = Pick<ViewsViewProps, "companyId" | "actions" | "mayShare">;

function wordsOf({ title, words }: SavedView): string {
  if (words === null) return `${title}. This version no longer understands all its filters.`;
  return [title, ...words].join(" · ");
}
