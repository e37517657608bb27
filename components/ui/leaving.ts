type Ask = (go: () => void) => void;

let ask: Ask | null = null;

/** Called by what holds changes that are not saved, and with null once it does not. */
export function guardLeaving(by: Ask | null): void {
  ask = by;
}

/** Goes to another page, after asking where changes would be lost. For what is no link: a menu, the palette. */
export function leaveBy(go: () => void): void {
  if (ask) ask(go);
  else go();
}
