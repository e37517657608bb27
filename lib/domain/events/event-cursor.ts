import { LARGEST_ID } from "../row-id";
import { EVENT_SORTS, type EventOrder, type EventSort } from "./filters";

/** The place of an event in an order: where a page ends and the next begins. */
export interface EventPosition {
  order: EventOrder;
  companyId: number;
  /** Account, computer or site id or kind code when sorted by one of these, else 0. */
  groupId: number;
  /** Epoch milliseconds. */
  occurredAt: number;
  id: number;
}

const VERSION = 1;

/** Writes a position as it appears in an address: ids only, never a person. */
export function encodePosition({ order, companyId, groupId, occurredAt, id }: EventPosition): string {
  const fields = [
    VERSION,
    EVENT_SORTS.indexOf(order.by),
    order.isDescending ? 1 : 0,
    companyId,
    groupId,
    occurredAt,
    id,
  ];
  const text = fields.map((field) => field.toString(36)).join("~");
  return `${text}~${checksum(text)}`;
}

/**
 * Reads what encodePosition wrote; null for anything else, and for a position in another order than `order`.
 *
 * The checksum tells a cut-off link from a whole one. It protects nothing: a made-up position only opens another
 * page of what the reader may see anyway.
 */
export function decodePosition(text: string, order: EventOrder): EventPosition | null {
  if (text.length > 100 || !/^[0-9a-z]+(~-?[0-9a-z]+){7}$/.test(text)) return null;
  const end = text.lastIndexOf("~");
  if (checksum(text.slice(0, end)) !== text.slice(end + 1)) return null;
  const [version, by, direction, companyId, groupId, occurredAt, id] = text
    .slice(0, end)
    .split("~")
    .map((field) => Number.parseInt(field, 36)) as [number, number, number, number, number, number, number];
  const sort: EventSort | undefined = EVENT_SORTS[by];
  if (version !== VERSION || sort !== order.by || (direction === 1) !== order.isDescending) return null;
  const isWhole = [companyId, groupId, occurredAt, id].every(Number.isSafeInteger);
  if (
    !isWhole ||
    Math.abs(occurredAt) > LATEST_INSTANT ||
    companyId > LARGEST_ID ||
    Math.abs(groupId) > LARGEST_ID
  )
    return null;
  return { order, companyId, groupId, occurredAt, id };
}

// The ends of what both Date and PostgreSQL can spell with four digits of a year.
const LATEST_INSTANT = Date.UTC(9999, 0, 1);

function checksum(text: string): string {
  let hash = 0x811c9dc5;
  for (let index = 0; index < text.length; index += 1)
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193);
  return (hash >>> 0).toString(36);
}
