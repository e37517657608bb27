import { SearchX } from "lucide-react";
import { Link } from "@/components/ui/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export const metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <div>
        <h1 className="sr-only">Page not found</h1>
        <EmptyState
          icon={SearchX}
          title="There is no page at this address"
          description="The link may be old, or it belongs to a company you are not a member of."
          actions={
            <Button asChild variant="outline">
              <Link href="/">Go to the start page</Link>
            </Button>
          }
        />
      </div>
    </main>
  );
}
