import { redirect } from "next/navigation";
import { EmptyState } from "@/components/ui/empty-state";
import { requireUser } from "@/lib/server/guards";

/** The way in: the dashboard of the one company, or of all of them. */
export default async function StartPage() {
  const { access } = await requireUser();
  const [first, ...others] = access.companies;
  if (first) redirect(others.length > 0 ? "/all/dashboard" : `/${first.id}/dashboard`);
  return (
    <EmptyState
      title="No company yet"
      description="Your account belongs to no company, so there is nothing to show. Ask an administrator to add you to one."
    />
  );
}
