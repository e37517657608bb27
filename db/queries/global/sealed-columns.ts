import { getTableName } from "drizzle-orm";
import type { PgColumn } from "drizzle-orm/pg-core";
import type { SecretPurpose } from "@/lib/secret-box";
import { apiKeys } from "../../schema/companies";
import { notificationChannels } from "../../schema/notifications";
import { users } from "../../schema/users";

/** A column whose values are sealed under AUTH_SECRET, or null. */
export interface SealedColumn {
  table: string;
  column: string;
  /** The primary key's columns, all whole numbers. */
  keys: readonly string[];
  purpose: SecretPurpose;
  /** `base64` in columns of text. */
  encoding: "bytes" | "base64";
  /** For "3 API keys". */
  noun: readonly [one: string, several: string];
}

function sealed(
  column: PgColumn,
  keys: readonly PgColumn[],
  purpose: SecretPurpose,
  noun: SealedColumn["noun"],
): SealedColumn {
  return {
    table: getTableName(column.table),
    column: column.name,
    keys: keys.map(({ name }) => name),
    purpose,
    encoding: column.getSQLType() === "bytea" ? "bytes" : "base64",
    noun,
  };
}

const ofChannel = [notificationChannels.companyId, notificationChannels.id];

/** Everything stored that is sealed. A rotation re-seals these; a test finds a column that is missing here. */
export const SEALED_COLUMNS: readonly SealedColumn[] = [
  sealed(apiKeys.keyEncrypted, [apiKeys.companyId, apiKeys.id], "api-key", ["API key", "API keys"]),
  sealed(users.mfaSecret, [users.id], "mfa", ["authenticator secret", "authenticator secrets"]),
  sealed(notificationChannels.urlEncrypted, ofChannel, "channel", ["channel address", "channel addresses"]),
  sealed(notificationChannels.secretEncrypted, ofChannel, "channel", ["channel secret", "channel secrets"]),
  sealed(notificationChannels.previousSecretEncrypted, ofChannel, "channel", [
    "previous channel secret",
    "previous channel secrets",
  ]),
];
