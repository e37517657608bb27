/** The fields that differ, as they were and as they are; null when nothing does. */
export function changedFields<Row extends object>(
  before: Row,
  change: Partial<Row>,
): { before: Partial<Row>; after: Partial<Row> } | null {
  const names = (Object.keys(change) as (keyof Row)[]).filter(
    (name) => JSON.stringify(before[name]) !== JSON.stringify(change[name]),
  );
  if (names.length === 0) return null;
  const pick = (row: Partial<Row>) =>
    Object.fromEntries(names.map((name) => [name, row[name] ?? null])) as Partial<Row>;
  return { before: pick(before), after: pick(change) };
}
