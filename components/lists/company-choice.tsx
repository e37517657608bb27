import { useTranslations } from "next-intl";
import { PageHeader } from "@/components/layout/page-header";
import { CompanyLinks } from "./company-links";
import { Card, CardContent } from "@/components/ui/card";
import type { TextKey } from "@/lib/domain/text";

interface CompanyChoiceProps {
  titleKey: TextKey;
  /** The page's segments below a company, and what of its address is kept. */
  page: string;
  companies: readonly { id: number; name: string }[];
}

/** Stands in for a page that is about one company while "All companies" are in view. */
export function CompanyChoice({ titleKey, page, companies }: CompanyChoiceProps) {
  const t = useTranslations();
  return (
    <>
      <PageHeader title={t(titleKey)} description={t("lists.chooseCompany")} />
      <Card className="max-w-xl">
        <CardContent>
          <CompanyLinks page={page} companies={companies} />
        </CardContent>
      </Card>
    </>
  );
}
