import { SystemView } from "@/components/system/system-view";
import { Texts } from "@/components/ui/texts";
import { contextOf } from "@/lib/server/actions";
import { countOpenStreams } from "@/lib/server/event-stream";
import { requirePermission } from "@/lib/server/guards";
import { limitStoreName } from "@/lib/server/rate-limit/shared-store";
import { portalTitle } from "@/lib/server/texts/guarded-title";
import { getWords } from "@/lib/server/texts/words";
import { readSettings } from "@/lib/services/settings/read-settings";
import { readSystem } from "@/lib/services/system/read-system";
import { requestJobAction } from "./actions";

export const generateMetadata = portalTitle("nav.system", () => requirePermission("system:read"));

export default async function SystemPage() {
  const user = await requirePermission("system:read");
  const [system, settings] = await Promise.all([readSystem(contextOf(user)), readSettings()]);
  const word = await getWords();
  return (
    <Texts of={["jobs"]}>
      <SystemView
        system={system}
        liveFeeds={countOpenStreams()}
        limitStore={word(limitStoreName())}
        zone={user.session.timeZone ?? settings.timeZone}
        readAt={Date.now()}
        requestJobAction={requestJobAction}
      />
    </Texts>
  );
}
