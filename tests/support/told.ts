import { sql } from "drizzle-orm";
import { database } from "@/db/client";
import { sentenceOf } from "@/lib/domain/notifications/kinds";
import { wordText } from "@/lib/domain/text";
import { PROGRAM_READER } from "@/lib/english";

export interface ToldFacts extends Record<string, unknown> {
  id: number;
  kind: string;
  params: Record<string, unknown>;
  subject: string | null;
  site_id: number | null;
  ended_at: string | null;
}

/** What was told in a company (0: in the portal), oldest first. */
export async function toldIn(companyId: number): Promise<ToldFacts[]> {
  const rows = await database().execute<ToldFacts>(
    sql`select * from notifications where company_id = ${companyId} order by id`,
  );
  return [...rows];
}

/** The kinds told, with the sentence of each. */
export async function sentencesIn(companyId: number): Promise<[string, string][]> {
  return (await toldIn(companyId)).map(({ kind, params }) => [
    kind,
    wordText(sentenceOf(kind, params), PROGRAM_READER),
  ]);
}
