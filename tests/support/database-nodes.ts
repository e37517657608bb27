import { connect, type RawSql } from "@/db/client";
import { isOnCitus } from "@/db/distribute";

export function withDatabase(url: string, name: string): string {
  const changed = new URL(url);
  changed.pathname = `/${name}`;
  return changed.href;
}

async function run<T>(url: string, work: (sql: RawSql) => Promise<T>): Promise<T> {
  const sql = connect(url, { max: 1 });
  return work(sql).finally(() => sql.end());
}

export async function isCitusServer(url: string): Promise<boolean> {
  return run(url, isOnCitus);
}

/** The databases of the same name on a Citus coordinator and its workers; elsewhere the one of the address. */
export async function listNodes(url: string): Promise<string[]> {
  return run(url, async (sql) => {
    if (!(await isOnCitus(sql))) return [url];
    const nodes = await sql<{ host: string; port: number }[]>`
      select nodename as host, nodeport as port from pg_dist_node order by groupid`;
    return nodes.map(({ host, port }) => {
      const node = new URL(url);
      node.hostname = host;
      node.port = String(port);
      return node.href;
    });
  });
}

/** Makes an empty database; in a Citus cluster it is on every node, and spans them. */
export async function createDatabase(url: string, name: string): Promise<void> {
  await createPlainDatabase(url, name);
  if (await isCitusServer(url)) await addCitus(url, name);
}

/** Makes an empty database on the node of the address alone. */
export async function createPlainDatabase(url: string, name: string): Promise<void> {
  await run(url, (sql) => sql.unsafe(`create database ${name} template template0 encoding 'UTF8'`));
}

/** Spreads a database of the coordinator over the nodes of its cluster, as an administrator does with an existing one. */
export async function addCitus(url: string, name: string): Promise<void> {
  const nodes = await listNodes(url);
  await onEach(nodes.slice(1), `create database ${name} template template0 encoding 'UTF8'`);
  const own = nodes.map((node) => withDatabase(node, name));
  await onEach(own, "create extension citus");
  await run(own[0]!, async (sql) => {
    const [coordinator, ...workers] = own.map((node) => new URL(node));
    await sql`select citus_set_coordinator_host(${coordinator!.hostname}, ${Number(coordinator!.port)})`;
    for (const { hostname, port } of workers) await sql`select citus_add_node(${hostname}, ${Number(port)})`;
  });
}

/** A copy of a database without connections. Citus's own daemon has one, and it comes back. */
export async function copyDatabase(url: string, name: string, template: string): Promise<void> {
  const nodes = await listNodes(url);
  const leave = `select pg_terminate_backend(pid) from pg_stat_activity where datname = '${template}'`;
  for (const node of nodes) {
    const copy = async () => {
      if (nodes.length > 1) await onEach([node], leave);
      await onEach([node], `create database ${name} template ${template}`);
    };
    await (nodes.length > 1 ? copy().catch(copy).catch(copy) : copy());
  }
}

/** Drops it on every node; Citus's own daemon may have connected once more meanwhile. */
export async function dropDatabase(url: string, name: string): Promise<void> {
  const nodes = await listNodes(url);
  const drop = () => onEach(nodes, `drop database if exists ${name} with (force)`);
  await (nodes.length > 1 ? drop().catch(drop).catch(drop) : drop());
}

/**
 * Commits on the server no longer wait for the disk. Killed, it may lose what it was told in its last second: tests that
 * kill a PostgreSQL start their own.
 */
export async function waitForNoDisk(url: string): Promise<void> {
  await run(url, (sql) => sql.unsafe("alter role current_user set synchronous_commit = off"));
}

async function onEach(nodes: readonly string[], statement: string): Promise<void> {
  for (const node of nodes) await run(node, (sql) => sql.unsafe(statement));
}
