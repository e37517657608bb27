/** A bcrypt hash as it is stored here; null for what is none. `$2y$` is another writer's mark for what `$2b$` says. */
export function readPassword(stored: string): string | null {
  return /^\$2[aby]\$\d\d\$[./A-Za-z0-9]{53}$/.test(stored) ? stored.replace("$2y$", "$2b$") : null;
}
