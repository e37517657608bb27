import { AuthCard } from "./auth-card";
import { Button } from "@/components/ui/button";
import { Link } from "@/components/ui/link";

/** Behind every link of a mail that does not work. The description says why that may be, and what to do. */
export function DeadLink({ description }: { description: string }) {
  return (
    <AuthCard title="This link does not work" description={description}>
      <Button asChild variant="outline" className="w-full">
        <Link href="/login">Go to the sign-in page</Link>
      </Button>
    </AuthCard>
  );
}
