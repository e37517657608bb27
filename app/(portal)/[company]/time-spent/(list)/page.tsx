import { TimeSpentView } from "@/components/time-spent/time-spent-view";
import { Texts } from "@/components/ui/texts";
import { timeSpentQuery } from "@/lib/domain/reports/time-spent";
import { companyTitle } from "@/lib/server/company-page";
import { readTimeSpentScreen } from "@/lib/services/reports/time-spent-screen";
import { reportPage } from "../../report-page";

export const generateMetadata = companyTitle("nav.timeSpent");

export default reportPage({
  heading: "timeSpent.title",
  query: timeSpentQuery,
  read: readTimeSpentScreen,
  View: (props) => (
    <Texts of={["charts", "reportStates", "timeSpent"]}>
      <TimeSpentView {...props} />
    </Texts>
  ),
});
