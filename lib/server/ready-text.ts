import type { FirstStart } from "@/lib/services/install/seed-installation";

interface Ready {
  host: string;
  port: number;
  isHttps: boolean;
  firstStart: FirstStart | null;
  secretWarning: string | null;
}

const LOCAL_HOSTS = new Set(["127.0.0.1", "::1", "0.0.0.0", "::", "localhost"]);

/** Where a server with these settings answers its own computer. */
export function localAddress({ host, port, isHttps }: Pick<Ready, "host" | "port" | "isHttps">): string {
  const name = LOCAL_HOSTS.has(host) ? "localhost" : host.includes(":") ? `[${host}]` : host;
  return `${isHttps ? "https" : "http"}://${name}:${port}`;
}

/** What the operator reads when the server is up; the first sign-in and key only on the first start. */
export function readyText({ host, port, isHttps, firstStart, secretWarning }: Ready): string {
  const lines = ["", `WinAuthMon is ready.`, "", `  Address        ${localAddress({ host, port, isHttps })}`];
  if (firstStart) {
    const password = firstStart.builtInPassword
      ? `${firstStart.builtInPassword} (to be changed at the first sign-in)`
      : "the one in INITIAL_ADMIN_PASSWORD";
    lines.push(
      `  First sign-in  ${firstStart.username}, password ${password}`,
      `  First API key  ${firstStart.apiKey}`,
    );
  }
  if (secretWarning) lines.push("", `  ${secretWarning}`);
  return `${lines.join("\n")}\n\n`;
}
