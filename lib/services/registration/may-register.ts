import { listDomains } from "@/db/queries/global/settings";
import { readSettings } from "../settings/read-settings";

/** Whether the address is in one of the listed mail domains, exactly, or registration is not restricted to them. */
export async function mayRegister(email: string): Promise<boolean> {
  if (!(await readSettings()).restrictEmailDomains) return true;
  const domain = email.slice(email.lastIndexOf("@")).toLowerCase();
  return (await listDomains()).some((listed) => listed.domain.toLowerCase() === domain);
}
