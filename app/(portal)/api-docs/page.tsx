import { ApiDocsView } from "@/components/api-docs/api-docs-view";
import { Texts } from "@/components/ui/texts";
import { requireUser } from "@/lib/server/guards";
import { apiGuide } from "@/lib/server/openapi/api-guide";
import { pageTitle } from "@/lib/server/texts/page-title";
import { publicUrl } from "@/lib/public-url";

export const generateMetadata = pageTitle("nav.api");

export default async function ApiDocsPage() {
  const { access } = await requireUser();
  return (
    <Texts of={["apiDocs", "exports"]}>
      <ApiDocsView
        groups={await apiGuide()}
        serverUrl={publicUrl()}
        companies={access.companies.map(({ id, name }) => ({ id, name }))}
      />
    </Texts>
  );
}
