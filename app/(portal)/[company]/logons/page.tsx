import { InactiveView } from "@/components/logons/inactive-view";
import { LogonsView } from "@/components/logons/logons-view";
import { Texts } from "@/components/ui/texts";
import { inactiveQuery } from "@/lib/domain/reports/inactive";
import { logonsQuery } from "@/lib/domain/reports/logons";
import { companyTitle } from "@/lib/server/company-page";
import { textParam } from "@/lib/server/search-params";
import { readInactive } from "@/lib/services/reports/inactive";
import { readLogonsScreen } from "@/lib/services/reports/logons-screen";
import { plainScreen } from "@/lib/services/reports/plain-screen";
import { reportPage, type ReportPageProps } from "../report-page";

export const generateMetadata = companyTitle("nav.logons");

const heading = "logons.title";
const logonsPage = reportPage({
  heading,
  query: logonsQuery,
  read: readLogonsScreen,
  View: (props) => (
    <Texts of={["charts", "logons"]}>
      <LogonsView {...props} />
    </Texts>
  ),
});
const readInactiveScreen = plainScreen(readInactive);
const inactivePage = reportPage({
  heading,
  query: inactiveQuery,
  read: readInactiveScreen,
  View: (props) => (
    <Texts of={["charts", "logons"]}>
      <InactiveView {...props} />
    </Texts>
  ),
});

export default async function LogonsPage(props: ReportPageProps) {
  const isInactive = textParam(await props.searchParams, "view") === "inactive";
  return isInactive ? inactivePage(props) : logonsPage(props);
}
