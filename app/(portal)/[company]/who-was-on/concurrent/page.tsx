import { Texts } from "@/components/ui/texts";
import { ConcurrentView } from "@/components/who-was-on/concurrent-view";
import { concurrentSessionsQuery } from "@/lib/domain/reports/concurrent-sessions";
import { companyTitle } from "@/lib/server/company-page";
import { readConcurrentSessionsScreen } from "@/lib/services/reports/concurrent-sessions-screen";
import { reportPage } from "../../report-page";

export const generateMetadata = companyTitle("pages.concurrent");

export default reportPage({
  heading: "whoWasOn.title",
  query: concurrentSessionsQuery,
  read: readConcurrentSessionsScreen,
  View: (props) => (
    <Texts of={["whoWasOn"]}>
      <ConcurrentView {...props} />
    </Texts>
  ),
});
