import type { Metadata } from "next";
import { notFound } from "next/navigation";
import { getTranslations } from "next-intl/server";
import { ReportRefused } from "@/components/layout/report-refused";
import { DayView } from "@/components/time-spent/day-view";
import { formatLocalDay } from "@/components/time/format";
import { ianaZone, isLocalDate } from "@/lib/domain/zones";
import { titleWithin } from "@/lib/server/company-page";
import { readOr404, requireCompany } from "@/lib/server/guards";
import { readInQueue } from "@/lib/server/report-page";
import { rowIdOf } from "@/lib/server/search-params";
import { readTimeSpentDay } from "@/lib/services/reports/time-spent-day";

type Props = PageProps<"/[company]/time-spent/[account]/[date]">;

async function open({ params, searchParams }: Props) {
  const view = await requireCompany(params);
  const { account, date } = await params;
  if (!isLocalDate(date)) notFound();
  const asked = { accountId: rowIdOf(account), date, params: await searchParams };
  const now = Date.now();
  const day = await readOr404(view, () =>
    readInQueue(view, (scope, signal) =>
      readTimeSpentDay(scope, asked, ianaZone(view.timeZone), now, signal),
    ),
  );
  return { view, day, now, date };
}

export async function generateMetadata(props: Props): Promise<Metadata> {
  const { company } = await requireCompany(props.params);
  const { date } = await props.params;
  const t = await getTranslations("timeSpentDay");
  const page = t("title", { date: isLocalDate(date) ? formatLocalDay(date) : date });
  return { title: await titleWithin(company, page) };
}

export default async function TimeSpentDayPage(props: Props) {
  const { view, day, now, date } = await open(props);
  const t = await getTranslations("timeSpentDay");
  if ("refusal" in day)
    return <ReportRefused heading={t("title", { date: formatLocalDay(date) })} {...day.refusal} />;
  const search = new URLSearchParams();
  for (const [name, value] of Object.entries(await props.searchParams)) {
    if (typeof value === "string") search.set(name, value);
  }
  return <DayView day={day} readAt={now} companyRef={view.companyRef} search={search.toString()} />;
}
