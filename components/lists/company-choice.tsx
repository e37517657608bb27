import { useTranslations } from "next-intl";
import { Link } from "@/components/ui/link";
import { PageHeader } from "@/components/layout/page-header";
import { Card, CardContent } from "@/components/ui/card";

interface CompanyChoiceProps {
  title: string;
  /** The page's segment below a company. */
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
          <ul className="grid">
            {companies.map(({ id, name }) => (
              <li key={id} className="border-b last:border-0">
                <Link
                  href={`/${id}/${page}`}
                  className="block px-1 py-2.5 text-sm text-link wrap-anywhere hover:underline"
                >
                  {name}
                </Link>
              </li>
            ))}
          </ul>
        </CardContent>
      </Card>
    </>
  );
}
