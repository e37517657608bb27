/** Where what is held of an account is exported and erased. */
export function personHref({ companyId, name }: { companyId: number; name: string }): string {
  return `/${companyId}/privacy?q=${encodeURIComponent(name)}`;
}
