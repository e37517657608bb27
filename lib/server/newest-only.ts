/**
 * Asks, and gives each answer unless a later question was answered before: what it says is out of date then. Answers of
 * quick questions aren't waited for by slow ones. @throws what `ask` throws.
 */
export function newestOnly<Answer>(
  ask: () => Promise<Answer>,
  give: (answer: Answer) => void,
): () => Promise<void> {
  let asked = 0;
  let given = 0;
  return async () => {
    const turn = (asked += 1);
    const answer = await ask();
    if (turn < given) return;
    given = turn;
    give(answer);
  };
}
