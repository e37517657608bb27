import { companyTitle } from "@/lib/server/company-page";
import { companyScreen } from "../company-screen";
import { deliveriesScreen } from "./deliveries-screen";

export const generateMetadata = companyTitle("notifications.deliveries", "notifications:manage");

export default function DeliveriesPage({
  params,
  searchParams,
}: PageProps<"/[company]/notifications/deliveries">) {
  return companyScreen(params, "notifications/deliveries", (opened) =>
    deliveriesScreen(opened, searchParams),
  );
}
