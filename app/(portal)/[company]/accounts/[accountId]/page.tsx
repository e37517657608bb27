import type { Metadata } from "next";
import { AccountView } from "@/components/accounts/account-view";
import { Texts } from "@/components/ui/texts";
import { can } from "@/lib/domain/permissions";
import { ianaZone } from "@/lib/domain/zones";
import { accountTitle } from "@/lib/server/company-page";
import { readOr404, requireCompany } from "@/lib/server/guards";
import { rowIdOf } from "@/lib/server/search-params";
import { readAccount } from "@/lib/services/fleet/read-account";
import { changeAccountTagsAction } from "../../alerts/tags/actions";

type Props = PageProps<"/[company]/accounts/[accountId]">;

export async function generateMetadata({ params }: Props): Promise<Metadata> {
  return accountTitle(params, (await params).accountId);
}

export default async function AccountPage({ params }: Props) {
  const view = await requireCompany(params);
  const { company, scope, companyRef, timeZone } = view;
  const id = rowIdOf((await params).accountId);
  const now = Date.now();
  const detail = await readOr404(view, () => readAccount(scope, id, ianaZone(timeZone), now));
  const { companyId } = detail.account;
  const { actor } = view.access;
  const mayTag = can(actor, "alerts:manage", { companyId });
  return (
    <Texts of={["tags"]}>
      <AccountView
        {...detail}
        companyRef={companyRef}
        zone={timeZone}
        readAt={now}
        companyName={company ? undefined : detail.account.companyName}
        managesPrivacy={can(actor, "privacy:manage", { companyId })}
        tagsAction={mayTag ? changeAccountTagsAction : undefined}
      />
    </Texts>
  );
}
