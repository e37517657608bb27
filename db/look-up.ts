import { answerOrAbandon, lookUpClient, type Database } from "./client";

const ANSWER_MILLISECONDS = 15_000;

/**
 * What the database answers to a short question that agents wait for, on connections of their own: busy pages keep none of
 * them waiting, and connections that say nothing are given up.
 *
 * @throws the driver's error in an outage, or one like it after 15 seconds.
 */
export function lookUp<Answer>(
  ask: (db: Database) => Promise<Answer>,
  milliseconds = ANSWER_MILLISECONDS,
): Promise<Answer> {
  const { pool, db } = lookUpClient();
  return answerOrAbandon(pool, milliseconds, ask(db));
}
