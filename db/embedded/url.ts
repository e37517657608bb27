/** What postgres.js needs to connect. `host` is a folder (beginning with "/") when it is a Unix socket. */
export type Connection = { host: string; port: number; user: string; password?: string; database: string };

/**
 * A connection as a URL in libpq's form, which psql and pg_dump read too. A Unix socket's folder stands in
 * the `host` parameter, since a URL's host cannot hold a path; `connect` in db/client.ts understands it.
 */
export function connectionUrl(connection: Connection): string {
  const { host, port, user, password, database } = connection;
  const isSocket = host.startsWith("/");
  const url = new URL(`postgres://${isSocket ? "localhost" : host}:${port}/${encodeURIComponent(database)}`);
  url.username = encodeURIComponent(user);
  if (password !== undefined) url.password = encodeURIComponent(password);
  if (isSocket) url.searchParams.set("host", host);
  return url.href;
}
