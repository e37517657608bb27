import type { Metadata } from "next";
import { getTranslations } from "next-intl/server";
import { PrintView } from "@/components/exports/print-view";
import { ReportRefused } from "@/components/layout/report-refused";
import { titleWithin } from "@/lib/server/company-page";
import { requireCompany } from "@/lib/server/guards";
import { readPrintView } from "@/lib/server/read-api/read-print-view";
import { findTable } from "@/lib/services/tables/registry";

type Props = PageProps<"/[company]/print/[table]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { company } = await requireCompany(params);
  const key = findTable((await params).table)?.title;
  const t = await getTranslations();
  return { title: await titleWithin(company, t(key ?? "print.title")) };
}

export default async function PrintPage({ params, searchParams }: Props) {
  const view = await readPrintView(params, await searchParams);
  if ("refusal" in view) {
    return (
      <main className="mx-auto grid max-w-[277mm] gap-4 p-6">
        <ReportRefused heading={{ key: "print.title" }} {...view.refusal} />
      </main>
    );
  }
  return <PrintView {...view} />;
}
