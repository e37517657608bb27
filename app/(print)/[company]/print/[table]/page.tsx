import type { Metadata } from "next";
import { PrintView } from "@/components/exports/print-view";
import { ReportRefused } from "@/components/layout/report-refused";
import { requireCompany } from "@/lib/server/guards";
import { readPrintView } from "@/lib/server/read-api/read-print-view";
import { getWords } from "@/lib/server/texts/words";
import { findTable } from "@/lib/services/tables/registry";

type Props = PageProps<"/[company]/print/[table]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  const { company } = await requireCompany(params);
  const key = findTable((await params).table)?.title;
  const title = key ? (await getWords())({ key }) : "Print";
  return { title: `${title} · ${company?.name ?? "All companies"}` };
}

export default async function PrintPage({ params, searchParams }: Props) {
  const view = await readPrintView(params, await searchParams);
  if ("refusal" in view) return <ReportRefused heading="Print view" {...view.refusal} />;
  return <PrintView {...view} />;
}
