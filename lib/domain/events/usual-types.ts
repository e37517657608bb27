import { EVENT_KINDS, KIND_CODE, KIND_USUAL_TYPE } from "./kinds";

/**
 * What agents call each kind, by the kind's code; null where every type is stored. An event so called is stored without
 * its type, which saves a tenth of a row, so none of these ever changes. Codes beyond the last one have none.
 */
export const USUAL_TYPE_BY_CODE: readonly (string | null)[] = byCode();

function byCode(): (string | null)[] {
  const usual = EVENT_KINDS.filter((kind) => KIND_USUAL_TYPE[kind] !== null);
  const types = Array<string | null>(1 + Math.max(...usual.map((kind) => KIND_CODE[kind]))).fill(null);
  for (const kind of usual) types[KIND_CODE[kind]] = KIND_USUAL_TYPE[kind];
  return types;
}

/** The type as it is stored: null for the usual one of its kind. */
export function storedEventType(kindCode: number, eventType: string): string | null {
  return eventType === USUAL_TYPE_BY_CODE[kindCode] ? null : eventType;
}
