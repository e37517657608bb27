/** The query of files and paper: the moment (epoch milliseconds) as it was read, so that "now" says what the page says. */
export function fixedMoment(query: string, at: number, zone: string): string {
  const params = new URLSearchParams(query);
  params.set("at", new Date(at).toISOString());
  params.set("tz", zone);
  return params.toString();
}
