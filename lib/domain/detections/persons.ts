import { START_KINDS } from "../events/kinds";
import type { SeenEvent } from "./rule";

/** Network, batch and service logons, and those of the system: no person is at the computer. */
export const NOBODYS_TYPES: ReadonlySet<number> = new Set([0, 3, 4, 5]);

/** Whether a person begins a session, or goes on with one. */
export function isPersons({ kind, logonType }: Pick<SeenEvent, "kind" | "logonType">): boolean {
  return START_KINDS.has(kind) && !(logonType !== null && NOBODYS_TYPES.has(logonType));
}
