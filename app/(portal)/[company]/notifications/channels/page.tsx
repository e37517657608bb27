import type { Metadata } from "next";
import { CompanyChoice } from "@/components/lists/company-choice";
import { ChannelsView } from "@/components/notifications/channels-view";
import { Texts } from "@/components/ui/texts";
import { openCompanyNotifications } from "@/lib/server/notification-page";
import { readChannelsScreen } from "@/lib/services/notifications/read-screens";
import * as actions from "../actions";

export const metadata: Metadata = { title: "Channels" };

export default async function ChannelsPage({ params }: PageProps<"/[company]/notifications/channels">) {
  const opened = await openCompanyNotifications(params);
  if ("choices" in opened) {
    return <CompanyChoice title="Notifications" page="notifications" companies={opened.choices} />;
  }
  const { context, owner } = opened;
  const screen = await readChannelsScreen(context);
  return (
    <Texts of={["notificationKinds"]}>
      <ChannelsView owner={owner} screen={screen} actions={{ ...actions }} />
    </Texts>
  );
}
