import type postgres from "postgres";
import type { RawSql } from "../client";

export type AnySql = RawSql | postgres.TransactionSql;

export interface TableShape {
  name: string;
  /** In the order they are written; generated columns are left out. */
  columns: string[];
  /** Whether row-level security binds even the owner. */
  isForced: boolean;
}

/** The program's own tables, each behind those it refers to. */
export async function listTables(sql: AnySql): Promise<TableShape[]> {
  const tables = await sql<TableShape[]>`
    select c.relname as name, c.relforcerowsecurity as "isForced",
      array_agg(a.attname::text order by a.attnum) as columns
    from pg_class c
    join pg_attribute a on a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped and a.attgenerated = ''
    where c.relnamespace = current_schema()::regnamespace and c.relkind = 'r'
    group by c.oid, c.relname, c.relforcerowsecurity order by c.relname`;
  const references = await sql<{ child: string; parent: string }[]>`
    select c.relname as child, p.relname as parent
    from pg_constraint k join pg_class c on c.oid = k.conrelid join pg_class p on p.oid = k.confrelid
    where k.contype = 'f' and c.relnamespace = current_schema()::regnamespace and c.oid <> p.oid`;
  return parentsFirst(tables, references);
}

function parentsFirst(
  tables: readonly TableShape[],
  references: readonly { child: string; parent: string }[],
): TableShape[] {
  const ordered: TableShape[] = [];
  const done = new Set<string>();
  while (ordered.length < tables.length) {
    const ready = tables.filter(
      ({ name }) =>
        !done.has(name) &&
        references.every(({ child, parent }) => child !== name || done.has(parent) || !known(tables, parent)),
    );
    if (ready.length === 0) throw new Error("The tables refer to one another in a circle.");
    for (const table of ready) done.add(table.name);
    ordered.push(...ready);
  }
  return ordered;
}

const known = (tables: readonly TableShape[], name: string) => tables.some((table) => table.name === name);

export interface SequenceState {
  name: string;
  /** As text: it may be larger than a double holds. */
  lastValue: string;
  isCalled: boolean;
}

/** Where the tables' own number series stand. */
export async function listSequences(sql: AnySql): Promise<SequenceState[]> {
  const names = await sql<{ name: string }[]>`
    select relname as name from pg_class
    where relkind = 'S' and relnamespace = current_schema()::regnamespace order by 1`;
  const states: SequenceState[] = [];
  for (const { name } of names) {
    const [row] = await sql<{ lastValue: string; isCalled: boolean }[]>`
      select last_value::text as "lastValue", is_called as "isCalled" from ${sql(name)}`;
    states.push({ name, ...row! });
  }
  return states;
}

export async function setSequences(sql: AnySql, states: readonly SequenceState[]): Promise<void> {
  for (const { name, lastValue, isCalled } of states) {
    await sql`select setval(to_regclass(${`"${name}"`}), ${lastValue}::bigint, ${isCalled}) where to_regclass(${`"${name}"`}) is not null`;
  }
}
