import { SearchX } from "lucide-react";
import { StatusPage } from "@/components/layout/status-page";

export const metadata = { title: "Page not found" };

export default function NotFound() {
  return (
    <StatusPage
      icon={SearchX}
      heading="Page not found"
      title="There is no page at this address"
      description="The link may be old, or it belongs to a company you are not a member of."
    />
  );
}
