import { Texts } from "@/components/ui/texts";
import { ConcurrentView } from "@/components/who-was-on/concurrent-view";
import { concurrentSessionsQuery } from "@/lib/domain/reports/concurrent-sessions";
import { companyTitle } from "@/lib/server/company-page";
import { readConcurrentSessions } from "@/lib/services/reports/concurrent-sessions";
import { plainScreen } from "@/lib/services/reports/plain-screen";
import { reportPage } from "../../report-page";

export const generateMetadata = companyTitle("pages.concurrent");

const read = plainScreen(readConcurrentSessions);

export default reportPage({
  heading: "whoWasOn.title",
  query: concurrentSessionsQuery,
  read,
  View: (props) => (
    <Texts of={["whoWasOn"]}>
      <ConcurrentView {...props} />
    </Texts>
  ),
});
