import { ChevronRight } from "lucide-react";
import type { ReactNode } from "react";

interface FoldProps {
  title: string;
  /** Whose part it is, for those who hear it out of its place. */
  about: string;
  children: ReactNode;
}

/** A part that opens on a press. The browser's own, so that it works before the page's script does. */
export function Fold({ title, about, children }: FoldProps) {
  return (
    <details className="group min-w-0 rounded-md border">
      <summary className="flex cursor-default list-none items-center gap-1.5 rounded-md px-3 py-2 text-sm font-medium hover:bg-accent [&::-webkit-details-marker]:hidden">
        <ChevronRight aria-hidden className="size-4 transition-transform group-open:rotate-90" />
        {title}
        <span className="sr-only">: {about}</span>
      </summary>
      <div className="grid min-w-0 gap-3 border-t p-3">{children}</div>
    </details>
  );
}
