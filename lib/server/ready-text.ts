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

/** What the operator needs to get into a new installation, in lines. */
function firstStartLines({ signIn, apiKey }: FirstStart): string[] {
  const password = signIn?.builtInPassword
    ? `${signIn.builtInPassword} (to be changed at the first sign-in)`
    : "the one in INITIAL_ADMIN_PASSWORD";
  return [
    ...(signIn ? [`  First sign-in  ${signIn.username}, password ${password}`] : []),
    ...(apiKey ? [`  First API key  ${apiKey}`] : []),
  ];
}

/** What a server says that made an installation and ends before it is ready, as no other start has the key. */
export function notReadyText(firstStart: FirstStart): string {
  return `\nThis installation is new.\n\n${firstStartLines(firstStart).join("\n")}\n\n`;
}

/** What the operator reads when the server is up; the key only on the first start. */
export function readyText({ host, port, isHttps, firstStart, secretWarning }: Ready): string {
  const lines = ["", `WinAuthMon is ready.`, "", `  Address        ${localAddress({ host, port, isHttps })}`];
  if (firstStart) lines.push(...firstStartLines(firstStart));
  if (secretWarning) lines.push("", `  ${secretWarning}`);
  return `${lines.join("\n")}\n\n`;
}
