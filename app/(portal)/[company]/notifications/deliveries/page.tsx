import { pageTitle } from "@/lib/server/texts/page-title";
import { companyScreen } from "../company-screen";
import { deliveriesScreen } from "./deliveries-screen";

export const generateMetadata = pageTitle("notifications.deliveries");

export default function DeliveriesPage({
  params,
  searchParams,
}: PageProps<"/[company]/notifications/deliveries">) {
  return companyScreen(params, (opened) => deliveriesScreen(opened, searchParams));
}
