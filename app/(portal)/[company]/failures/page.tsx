import { FailuresView } from "@/components/failures/failures-view";
import { Texts } from "@/components/ui/texts";
import { failuresQuery } from "@/lib/domain/reports/failures";
import { companyTitle } from "@/lib/server/company-page";
import { readFailuresScreen } from "@/lib/services/reports/failures-screen";
import { reportPage } from "../report-page";

export const generateMetadata = companyTitle("nav.failures");

export default reportPage({
  heading: "failures.title",
  query: failuresQuery,
  read: readFailuresScreen,
  View: (props) => (
    <Texts of={["charts", "eventKinds", "failureReasons", "failures"]}>
      <FailuresView {...props} />
    </Texts>
  ),
});
