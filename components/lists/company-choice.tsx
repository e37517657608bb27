import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/layout/page-header";
import { CompanyLinks } from "./company-links";
import { Card, CardContent } from "@/components/ui/card";

interface CompanyChoiceProps {
  title: string;
  /** The page's segments below a company, and what of its address is kept. */
  page: string;
  companies: readonly { id: number; name: string }[];
}

/** Stands in for a page that is about one company while "All companies" are in view. */
export function CompanyChoice({ title, page, companies }: CompanyChoiceProps) {
  const t = useTranslations("lists");
  return (
    <>
      <PageHeader title={title} description={t("chooseCompany")} />
      <Card className="max-w-xl">
        <CardContent>
          <CompanyLinks page={page} companies={companies} />
        </CardContent>
      </Card>
    </>
  );
}
