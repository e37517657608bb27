import { Link } from "@/components/ui/link";
import { Button } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";

export default function Forbidden() {
  return (
    <main className="grid min-h-dvh place-items-center">
      <div>
        <h1 className="sr-only">Not allowed</h1>
        <EmptyState
          title="Your role does not allow this"
          description="If you need it, ask an administrator to change your role. A change counts at once."
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
