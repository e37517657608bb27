/** What is in the fields, to be compared. */
export function typedIn(form: HTMLFormElement): string {
  return JSON.stringify([...new FormData(form)].map(([name, value]) => [name, String(value)]));
}

/** Empties a form that is done, unless something else than what was sent has been typed into it by then. */
export function emptyUnlessNewer(form: HTMLFormElement, sent: string | undefined): void {
  if (sent === undefined || typedIn(form) === sent) form.reset();
}
