/** What postgres.js needs to connect. `host` is a folder (beginning with "/") when it is a Unix socket. */
export type Connection = { host: string; port: number; user: string; password?: string; database: string };

/**
 * A connection as a URL in libpq's form, which psql and pg_dump read too. A Unix socket's folder stands in
 * the `host` parameter, since a URL's host cannot hold a path.
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

/**
 * Splits the socket folder off a database URL, because postgres.js does not read the `host` parameter.
 *
 * Every client takes `postgres(url, { ...options })` from here, so that a URL of the embedded server, of
 * a socket elsewhere (Cloud SQL, Debian's /var/run/postgresql) and of a TCP server all work alike.
 */
export function parseConnectionUrl(databaseUrl: string): { url: string; options: { host?: string } } {
  const parsed = new URL(databaseUrl);
  const host = parsed.searchParams.get("host");
  if (!host?.startsWith("/")) return { url: databaseUrl, options: {} };
  parsed.searchParams.delete("host");
  return { url: parsed.href, options: { host } };
}
