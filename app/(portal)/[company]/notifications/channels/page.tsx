import { getTranslations } from "next-intl/server";
import { CompanyChoice } from "@/components/lists/company-choice";
import { ChannelsView } from "@/components/notifications/channels-view";
import { Texts } from "@/components/ui/texts";
import { openCompanyNotifications, wordChannels } from "@/lib/server/notification-page";
import { pageTitle } from "@/lib/server/texts/page-title";
import { readChannelsScreen } from "@/lib/services/notifications/read-screens";
import * as actions from "../actions";

export const generateMetadata = pageTitle("notifications.channels");

export default async function ChannelsPage({ params }: PageProps<"/[company]/notifications/channels">) {
  const opened = await openCompanyNotifications(params);
  if ("choices" in opened) {
    const t = await getTranslations("notifications");
    return <CompanyChoice title={t("title")} page="notifications" companies={opened.choices} />;
  }
  const { context, owner } = opened;
  const screen = await wordChannels(await readChannelsScreen(context));
  return (
    <Texts of={["notificationKinds", "notifications"]}>
      <ChannelsView owner={owner} screen={screen} actions={{ ...actions }} />
    </Texts>
  );
}
