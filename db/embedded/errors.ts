/** A reason why the program's own PostgreSQL cannot be used, in words an administrator can act on. */
export class EmbeddedPostgresError extends Error {
  override readonly name = "EmbeddedPostgresError";
}
