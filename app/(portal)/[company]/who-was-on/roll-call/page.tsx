import { Texts } from "@/components/ui/texts";
import { RollCallView } from "@/components/who-was-on/roll-call-view";
import { rollCallQuery } from "@/lib/domain/reports/roll-call";
import { companyTitle } from "@/lib/server/company-page";
import { readRollCallScreen } from "@/lib/services/reports/roll-call-screen";
import { reportPage } from "../../report-page";

export const generateMetadata = companyTitle("pages.rollCall");

export default reportPage({
  heading: "whoWasOn.title",
  query: rollCallQuery,
  read: readRollCallScreen,
  View: (props) => (
    <Texts of={["reportStates", "whoWasOn"]}>
      <RollCallView {...props} />
    </Texts>
  ),
});
