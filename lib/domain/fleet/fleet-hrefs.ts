/** Where an account, a computer or a site is shown. `companyRef` is the company's id, or `all`. */
export const FLEET_HREFS = {
  accounts: (companyRef: number | string, id: number) => `/${companyRef}/accounts/${id}`,
  computers: (companyRef: number | string, id: number) => `/${companyRef}/computers/${id}`,
  /** A site has no page that everybody may open but the list of its computers. */
  sites: (companyRef: number | string, id: number) => `/${companyRef}/computers?site=${id}`,
} as const;

/** The failed logons of a company from an address in the last 30 days. */
export function addressHref(companyId: number, address: string): string {
  return `/${companyId}/failures?range=30d&address=${encodeURIComponent(address)}`;
}
