import { listSavedViews, type SavedViewRow } from "@/db/queries/views/saved-views";
import { readWithin } from "@/db/scope";
import { can } from "@/lib/domain/permissions";
import { REPORT_PRESET_TEXT, type ReportPreset } from "@/lib/domain/reports/report-range";
import { savableTitle, viewHref } from "./savable-tables";
import type { Text } from "@/lib/domain/text";
import { isAppError } from "@/lib/errors";
import { assertCan } from "../access/denied";
import type { CompanyContext } from "../context";
import { openView } from "./open-view";

export interface SavedView {
  id: number;
  name: string;
  /** The table in words. */
  title: string | Text;
  isShared: boolean;
  /** Whether this user may rename and delete it. */
  isManaged: boolean;
  /** Range and filters in words; null where this version no longer understands them. */
  words: (string | Text)[] | null;
  /** The screen with its filters and columns; null for a table that is gone. */
  href: string | null;
}

export interface ViewsScreen {
  own: SavedView[];
  shared: SavedView[];
  mayShare: boolean;
}

/** The user's own views and the company's, each by name. @throws AccessDenied `forbidden`. */
export async function readViews(context: CompanyContext): Promise<ViewsScreen> {
  const { actor, scope } = context;
  const { companyId } = scope;
  assertCan(actor, "events:read", { companyId });
  const mayShare = can(actor, "views:share", { companyId });
  const rows = await readWithin(scope, (tx) => listSavedViews(tx, scope, actor.userId));
  const views: SavedView[] = [];
  for (const row of rows) views.push(await viewOf(context, row, mayShare));
  return {
    own: views.filter(({ isShared }) => !isShared),
    shared: views.filter(({ isShared }) => isShared),
    mayShare,
  };
}

async function viewOf(context: CompanyContext, row: SavedViewRow, mayShare: boolean): Promise<SavedView> {
  const isShared = row.ownerUserId === null;
  return {
    id: row.id,
    name: row.name,
    title: savableTitle(row.table),
    isShared,
    isManaged: !isShared || mayShare,
    words: await wordsOf(context, row),
    href: viewHref(String(context.scope.companyId), row),
  };
}

async function wordsOf(context: CompanyContext, row: SavedViewRow): Promise<SavedView["words"]> {
  try {
    return [...rangeWords(row.query), ...(await openView(context, row).filterWords())];
  } catch (error) {
    if (isAppError(error)) return null;
    throw error;
  }
}

function rangeWords(query: string): (string | Text)[] {
  const params = new URLSearchParams(query);
  const [range, from, to] = ["range", "from", "to"].map((name) => params.get(name));
  if (range) {
    const key = REPORT_PRESET_TEXT[range as ReportPreset];
    return [key ? { key } : range];
  }
  if (from && to) return [{ key: "savedViews.fromTo", values: { from, to } }];
  if (from) return [{ key: "savedViews.from", values: { from } }];
  return to ? [{ key: "savedViews.to", values: { to } }] : [];
}
