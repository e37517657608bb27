import { pageTitle } from "@/lib/server/texts/page-title";
import { companyScreen } from "../company-screen";
import { channelsScreen } from "./channels-screen";

export const generateMetadata = pageTitle("notifications.channels");

export default function ChannelsPage({ params }: PageProps<"/[company]/notifications/channels">) {
  return companyScreen(params, channelsScreen);
}
