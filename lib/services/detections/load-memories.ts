import { readMemories, writeMemories } from "@/db/queries/detections/memories";
import type { Transaction } from "@/db/client";
import type { CompanyWriteScope } from "@/db/scope";
import type { Memories } from "@/lib/domain/detections/memories";

/** Reads those of the memories that are not there yet. */
export async function loadMemories(
  tx: Transaction,
  scope: CompanyWriteScope,
  memories: Memories,
  keys: ReadonlySet<string>,
): Promise<void> {
  const wanted = [...keys].filter((key) => !memories.has(key)).map(splitKey);
  for (const { rule, subjectKey, memory } of await readMemories(tx, scope, wanted)) {
    memories.set(`${rule} ${subjectKey}`, memory);
  }
}

export async function storeMemories(
  tx: Transaction,
  scope: CompanyWriteScope,
  memories: Memories,
  changed: ReadonlySet<string>,
): Promise<void> {
  await writeMemories(
    tx,
    scope,
    [...changed].map((key) => ({ ...splitKey(key), memory: memories.get(key) })),
  );
}

/** A key of a memory is a name, which has no blank, a blank and the subject. */
export function splitKey(key: string): { rule: string; subjectKey: string } {
  const end = key.indexOf(" ");
  return { rule: key.slice(0, end), subjectKey: key.slice(end + 1) };
}
