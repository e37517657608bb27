import { companyTitle } from "@/lib/server/company-page";
import { companyScreen } from "../company-screen";
import { channelsScreen } from "./channels-screen";

export const generateMetadata = companyTitle("notifications.channels", "notifications:manage");

export default function ChannelsPage({ params }: PageProps<"/[company]/notifications/channels">) {
  return companyScreen(params, "notifications/channels", channelsScreen);
}
