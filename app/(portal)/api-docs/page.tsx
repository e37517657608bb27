import type { Metadata } from "next";
import { ApiDocsView } from "@/components/api-docs/api-docs-view";
import { requireUser } from "@/lib/server/guards";
import { apiGuide } from "@/lib/server/openapi/api-guide";
import { publicUrl } from "@/lib/public-url";

export const metadata: Metadata = { title: "API" };

export default async function ApiDocsPage() {
  const { access } = await requireUser();
  return (
    <ApiDocsView
      groups={await apiGuide()}
      serverUrl={publicUrl()}
      companies={access.companies.map(({ id, name }) => ({ id, name }))}
    />
  );
}
