import Link from "next/link";
import type { ListUrl } from "@/components/lists/use-list-url";
import { cn } from "@/components/ui/cn";

interface ViewTabsProps {
  url: ListUrl;
  view: "logons" | "inactive";
}

/** The two lists of the screen; what the other one knows nothing of is left behind. */
export function ViewTabs({ url, view }: ViewTabsProps) {
  const tabs = [
    {
      name: "logons",
      words: "Logons",
      href: url.href({ view: null, type: null, days: null, sort: null }),
    },
    {
      name: "inactive",
      words: "Inactive",
      href: url.href({ view: "inactive", group_by: null, account: null, computer: null, sort: null }),
    },
  ];
  return (
    <nav aria-label="Lists" data-print="hide" className="flex w-fit rounded-md border p-0.5">
      {tabs.map(({ name, words, href }) => (
        <Link
          key={name}
          href={href}
          scroll={false}
          aria-current={name === view ? "page" : undefined}
          className={cn(
            "rounded px-3 py-1 text-sm text-muted-foreground hover:text-foreground",
            name === view && "bg-muted font-medium text-foreground",
          )}
        >
          {words}
        </Link>
      ))}
    </nav>
  );
}
