import type { Metadata } from "next";
import { ComputerView } from "@/components/computers/computer-view";
import { Texts } from "@/components/ui/texts";
import { can } from "@/lib/domain/permissions";
import { ianaZone } from "@/lib/domain/zones";
import { computerTitle } from "@/lib/server/company-page";
import { readOr404, requireCompany } from "@/lib/server/guards";
import { rowIdOf } from "@/lib/server/search-params";
import { readComputer } from "@/lib/services/fleet/read-computer";
import { changeComputerTagsAction } from "../../alerts/tags/actions";

type Props = PageProps<"/[company]/computers/[computerId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return computerTitle(params, (await params).computerId);
}

export default async function ComputerPage({ params }: Props) {
  const view = await requireCompany(params);
  const { company, scope, companyRef, timeZone } = view;
  const id = rowIdOf((await params).computerId);
  const now = Date.now();
  const detail = await readOr404(view, () => readComputer(scope, id, ianaZone(timeZone), now));
  const mayTag = can(view.access.actor, "alerts:manage", { companyId: detail.computer.companyId });
  return (
    <Texts of={["computerHealth", "tags"]}>
      <ComputerView
        {...detail}
        companyRef={companyRef}
        zone={timeZone}
        companyName={company ? undefined : detail.computer.companyName}
        tagsAction={mayTag ? changeComputerTagsAction : undefined}
      />
    </Texts>
  );
}
