import fs from "node:fs/promises";
import { syncBuiltinESMExports } from "node:module";
import { tmpdir } from "node:os";

// Settles the secret of a folder, and is killed when it comes to the step that it is given, so that a test sees what is left.
const [folder, killedAt] = process.argv.slice(2);

const die = (): never => {
  process.kill(process.pid, "SIGKILL");
  // Nothing may happen until the signal has come.
  for (;;);
};

if (killedAt === "link" || killedAt === "rm") {
  Object.assign(fs, { [killedAt]: die });
  syncBuiltinESMExports();
} else if (killedAt) {
  const handle = await fs.open(tmpdir());
  Object.assign(Object.getPrototypeOf(handle) as object, { [killedAt]: die });
  await handle.close();
}
delete process.env.AUTH_SECRET;
const { settleAuthSecret } = await import("@/lib/services/install/auth-secret");
await settleAuthSecret(folder!);
process.stdout.write(process.env.AUTH_SECRET!);
