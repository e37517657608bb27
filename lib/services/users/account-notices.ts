import { z } from "zod";
import { database } from "@/db/client";
import { deleteAccountNotices, findAccountNotices } from "@/db/queries/users/account-notices";
import { accountNoticeText } from "@/lib/domain/account-notices";
import { listOf, rowId } from "@/lib/domain/form-input";
import type { Text } from "@/lib/domain/text";
import type { ServiceContext } from "../context";

export interface AccountNotice<Words = Text> {
  id: number;
  text: Words;
  /** Epoch milliseconds. */
  at: number;
}

const MOST_SHOWN = 20;

export const noticesToDismissInput = z.object({ noticeIds: listOf(rowId, MOST_SHOWN) });

/** What others changed of one's account since one dismissed the last notice, the oldest first. */
export async function readAccountNotices(userId: number): Promise<AccountNotice[]> {
  const rows = await findAccountNotices(userId, MOST_SHOWN);
  return rows.map(({ id, action, actorName, at }) => ({
    id,
    text: accountNoticeText(action, actorName),
    at: at.getTime(),
  }));
}

/** Deletes the actor's own notices; the audit trail keeps what they say. */
export async function dismissAccountNotices(
  { actor }: ServiceContext,
  { noticeIds }: z.output<typeof noticesToDismissInput>,
): Promise<void> {
  if (noticeIds.length > 0) await deleteAccountNotices(database(), actor.userId, noticeIds);
}
