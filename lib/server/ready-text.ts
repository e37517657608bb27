import type { FirstStart } from "@/lib/services/install/seed-installation";

interface Ready {
  host: string;
  port: number;
  isHttps: boolean;
  firstStart: FirstStart | null;
  secretWarning: string | null;
}

const LOCAL_HOSTS = new Set(["127.0.0.1", "::1", "0.0.0.0", "::", "localhost"]);

/** What the operator reads when the server is up; the first sign-in and key only on the first start. */
export function readyText({ host, port, isHttps, firstStart, secretWarning }: Ready): string {
  const name = LOCAL_HOSTS.has(host) ? "localhost" : host.includes(":") ? `[${host}]` : host;
  const lines = [
    "",
    `WinAuthMon is ready.`,
    "",
    `  Address        ${isHttps ? "https" : "http"}://${name}:${port}`,
  ];
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
