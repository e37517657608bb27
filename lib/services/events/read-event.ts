import { readEvent as findEvent } from "@/db/queries/events/read-event";
import { readWithin, type CompanyScope } from "@/db/scope";
import type { EventDetail, EventReference } from "@/lib/domain/events/event-row";
import { AppError } from "@/lib/errors";

/** Everything stored of an event. @throws AppError `not_found` when it is gone or of a company outside the scope. */
export async function readEvent(scope: CompanyScope, event: EventReference): Promise<EventDetail> {
  const found = await readWithin(scope, (tx) => findEvent(tx, scope, event));
  if (!found) throw new AppError("not_found", { key: "errors.eventNotFound" });
  return found;
}
