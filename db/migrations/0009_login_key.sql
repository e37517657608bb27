-- One key for every spelling of a username or e-mail address: compatibility forms, full case folding and composition.
-- Unique indexes, look-ups and limits all ask this function. ICU folds alike under every database's own locale; a
-- PostgreSQL built without it folds by the database's.
DO $$
BEGIN
  EXECUTE format(
    'CREATE FUNCTION login_key(name text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE
      RETURN normalize(translate(replace(lower(normalize(name, NFKD) COLLATE %s), %L, ''ss''), %L, %L), NFKC)',
    CASE WHEN EXISTS (SELECT FROM pg_collation WHERE collname = 'und-x-icu')
      THEN 'pg_catalog."und-x-icu"' ELSE 'pg_catalog."default"' END,
    E'\u00DF', E'\u03C2\u0345', E'\u03C3\u03B9');
END
$$;--> statement-breakpoint
-- Where two users have had spellings of one name, the later one gets a number and signs in by address. Of two spellings
-- of one address the later is no longer one that mail could go to, until an administrator corrects it.
UPDATE app_auth_users u SET username = left(u.username, 52) || '-' || u.id
  WHERE EXISTS (SELECT FROM app_auth_users e WHERE e.id < u.id AND login_key(e.username) = login_key(u.username));
--> statement-breakpoint
UPDATE app_auth_users u SET email = left(u.email, 230) || '.' || u.id || '.invalid'
  WHERE EXISTS (SELECT FROM app_auth_users e WHERE e.id < u.id AND login_key(e.email) = login_key(u.email));
--> statement-breakpoint
DROP INDEX "users_username_key";--> statement-breakpoint
DROP INDEX "users_email_key";--> statement-breakpoint
CREATE UNIQUE INDEX "users_username_key" ON "app_auth_users" USING btree (login_key("username"));--> statement-breakpoint
CREATE UNIQUE INDEX "users_email_key" ON "app_auth_users" USING btree (login_key("email"));
