import {
  findDelivery,
  listAttempts,
  type AttemptRow,
  type DeliveryRow,
} from "@/db/queries/notifications/deliveries";
import { readWithin } from "@/db/scope";
import type { Message } from "@/lib/domain/notifications/message";
import { AppError } from "@/lib/errors";
import type { CompanyContext } from "../context";
import { assertMayRead } from "./authority";
import { readOwner } from "./group-rules";
import { readMessage } from "./read-message";

export interface DeliveryView {
  delivery: DeliveryRow;
  /** First to last. */
  attempts: AttemptRow[];
  /** Its current message, in English for programs; null if its notifications no longer exist. */
  message: Message | null;
}

/** One delivery with every attempt. @throws AccessDenied; AppError `not_found`. */
export async function readDelivery(context: CompanyContext, deliveryId: number): Promise<DeliveryView> {
  assertMayRead(context);
  const { scope } = context;
  const found = await readWithin(scope, async (tx) => {
    const delivery = await findDelivery(tx, scope, deliveryId);
    if (!delivery) return null;
    const attempts = await listAttempts(tx, scope, deliveryId);
    const owner = await readOwner(tx, scope);
    const told = owner && (await readMessage(tx, scope, owner, delivery, { type: "webhook" }));
    return { delivery, attempts, message: told && told.message };
  });
  if (!found) throw new AppError("not_found", { key: "errors.gone" });
  return found;
}
