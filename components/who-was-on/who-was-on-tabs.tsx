import Link from "next/link";
import { cn } from "@/components/ui/cn";

const PAGES = [
  { id: "moment", label: "At a moment", path: "" },
  { id: "concurrent", label: "Concurrent sessions", path: "/concurrent" },
] as const;

/** The two questions of the screen, each a page of its own. */
export function WhoWasOnTabs({
  companyRef,
  current,
}: {
  companyRef: string;
  current: (typeof PAGES)[number]["id"];
}) {
  return (
    <nav aria-label="Who was on" data-print="hide">
      <ul className="inline-flex h-9 w-fit max-w-full items-center overflow-x-auto rounded-lg bg-muted p-[3px]">
        {PAGES.map(({ id, label, path }) => (
          <li key={id} className="h-full">
            <Link
              href={`/${companyRef}/who-was-on${path}`}
              prefetch={false}
              aria-current={id === current ? "page" : undefined}
              className={cn(
                "inline-flex h-full items-center rounded-md border border-transparent px-2.5 text-sm font-medium whitespace-nowrap -outline-offset-1",
                id === current
                  ? "border-border bg-background text-foreground"
                  : "text-muted-foreground hover:text-foreground",
              )}
            >
              {label}
            </Link>
          </li>
        ))}
      </ul>
    </nav>
  );
}
