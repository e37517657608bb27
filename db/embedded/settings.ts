import { createHash } from "node:crypto";

/** How clients reach the server: a Unix socket in a private folder, or 127.0.0.1 with a password. */
export type Transport = "socket" | "tcp";

export const superuser = "winauthmon";
export const databaseName = "winauthmon";
/** The port that names the Unix socket file; no TCP port is opened with the "socket" transport. */
export const socketPort = 5432;

/** What never changes between starts; a running server with other values is restarted, not adopted. */
const fixedSettings: Record<string, string> = {
  fsync: "on",
  synchronous_commit: "on",
  full_page_writes: "on",
  shared_buffers: "256MB",
  effective_cache_size: "1GB",
  work_mem: "16MB",
  maintenance_work_mem: "128MB",
  // A server with the largest DATABASE_POOL_SIZE, 200, and tools beside it.
  max_connections: "300",
  max_wal_size: "2GB",
  min_wal_size: "256MB",
  wal_compression: "on",
  checkpoint_timeout: "15min",
  checkpoint_completion_target: "0.9",
  random_page_cost: "1.1",
  jit: "off",
  // A vanished client must not keep its query, its locks or our ownership lock.
  client_connection_check_interval: "5s",
  password_encryption: "scram-sha-256",
  timezone: "UTC",
  log_timezone: "UTC",
  // The log names problems but never the values people sent.
  log_min_messages: "warning",
  log_error_verbosity: "terse",
  log_parameter_max_length: "0",
  log_checkpoints: "off",
  log_line_prefix: "%m [%p] ",
};

// Containers give /dev/shm 64 MB and logind clears it at sign-out; a file in the cluster has neither fault.
const posixSettings: Record<string, string> = {
  dynamic_shared_memory_type: "mmap",
  unix_socket_permissions: "0700",
};

function stableSettings(transport: Transport): Record<string, string> {
  return { ...fixedSettings, ...(process.platform === "win32" ? {} : posixSettings), transport };
}

/** A name for this release's settings, kept in `cluster_name`, by which a later start recognises them. */
export function settingsTag(transport: Transport): string {
  const digest = createHash("sha256")
    .update(JSON.stringify(stableSettings(transport)))
    .digest("hex");
  return `winauthmon ${digest.slice(0, 8)}`;
}

/** The `-c name=value` arguments for one start. `port` is the TCP port when the transport is "tcp". */
export function serverArguments(transport: Transport, port: number, socketDir: string): string[] {
  const { transport: _, ...settings } = stableSettings(transport);
  const all: Record<string, string> = {
    ...settings,
    cluster_name: settingsTag(transport),
    port: String(port),
    listen_addresses: transport === "tcp" ? "127.0.0.1" : "",
    unix_socket_directories: transport === "tcp" ? "" : socketDir,
  };
  return Object.entries(all).flatMap(([name, value]) => ["-c", `${name}=${value}`]);
}
