import { AgentPackageView } from "@/components/agent-package/agent-package-view";
import { CompanyChoice } from "@/components/lists/company-choice";
import { Texts } from "@/components/ui/texts";
import { listZones } from "@/lib/domain/zones";
import { companyTitle } from "@/lib/server/company-page";
import { requireCompanyPermission } from "@/lib/server/guards";
import { publicUrl } from "@/lib/public-url";
import { readPackageSites } from "@/lib/services/agent-package/package-key";
import { readAgentBinary } from "@/lib/services/agent-package/read-agent-binary";
import { readNewcomers } from "@/lib/services/fleet/read-newcomers";

type Props = PageProps<"/[company]/agent">;

export const generateMetadata = companyTitle("nav.agent", "site:manage");

export default async function AgentPage({ params }: Props) {
  const opened = await requireCompanyPermission(params, "site:manage");
  if ("choices" in opened) {
    return <CompanyChoice titleKey="agentPackage.title" page="agent" companies={opened.choices} />;
  }
  const { company, scope, timeZone } = opened.managed;
  const readAt = Date.now();
  const [sites, binary, newcomers] = await Promise.all([
    readPackageSites(scope),
    readAgentBinary(),
    readNewcomers(scope),
  ]);
  return (
    <Texts of={["agentPackage"]}>
    <AgentPackageView
      companyId={company.id}
      readAt={readAt}
      newcomers={newcomers}
      sites={sites}
      serverUrl={publicUrl()}
      zone={timeZone}
      zones={listZones()}
      agent={binary && { sha256: binary.sha256, sizeBytes: binary.bytes.length, version: binary.version }}
    />
    </Texts>
  );
}
