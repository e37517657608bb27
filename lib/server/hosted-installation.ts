import { env } from "@/lib/env";
import { messageOf } from "@/lib/error-text";
import { logger } from "@/lib/logger";
import { openInstallation, type Installation } from "@/lib/services/install/open-installation";
import { readyText } from "./ready-text";

const STOP_MILLISECONDS = 5_000;

/** `next start` waits without end for live feeds that browsers open anew on connections they still have. */
function stopInTime(installation: Installation): void {
  const stop = () =>
    setTimeout(() => void installation.close().finally(() => process.exit(0)), STOP_MILLISECONDS);
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.once(signal, stop);
}

/** Opens the installation for hosting without server.ts; such hosting has no data folder, so it needs DATABASE_URL and AUTH_SECRET. */
export async function openHostedInstallation(): Promise<void> {
  try {
    if (!process.env.DATABASE_URL || !process.env.AUTH_SECRET) {
      throw new Error(
        "Without server.ts both DATABASE_URL and AUTH_SECRET must be set. `npm start` needs neither.",
      );
    }
    const installation = await openInstallation("server");
    const { firstStart, secretWarning } = installation;
    stopInTime(installation);
    const { HOST, PORT } = env();
    if (firstStart || secretWarning) {
      const told = { firstStart, secretWarning };
      process.stdout.write(readyText({ host: HOST, port: PORT, isHttps: false, ...told }));
    }
  } catch (error) {
    logger.fatal({ err: error }, "WinAuthMon can't start");
    process.stderr.write(`WinAuthMon cannot start: ${messageOf(error)}\n`);
    process.exit(1);
  }
}
