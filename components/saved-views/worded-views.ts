import type { Text } from "@/lib/domain/text";
import type { SavedView } from "@/lib/services/views/read-views";

/** A view whose table and filters are in the reader's language, in one line. */
export type WordedView = Omit<SavedView, "title" | "words"> & { words: string };

/** Words the views, on the server: their filters come from areas that browsers don't need. */
export function wordViews(views: readonly SavedView[], word: (text: string | Text) => string): WordedView[] {
  return views.map(({ title, words, ...view }) => {
    const parts = [title, ...(words ?? [{ key: "savedViews.notUnderstood" } satisfies Text])];
    return { ...view, words: parts.map((part) => word(part)).join(" · ") };
  });
}
