import { spawn, type ChildProcess } from "node:child_process";
import { fileURLToPath } from "node:url";

/** A process of its own that runs the embedded PostgreSQL, so that a test can kill it. */
export type EmbeddedProcess = {
  child: ChildProcess;
  /** Its database URL once it is ready, or why it gave up. */
  outcome: Promise<{ url: string } | { error: string }>;
  kill(signal: NodeJS.Signals): Promise<void>;
};

/** Starts `role` ("server" or "tool") on a data folder in another process. SIGTERM stops it in order. */
export function spawnEmbedded(dataDir: string, role: "server" | "tool" = "server"): EmbeddedProcess {
  const program = fileURLToPath(new URL("./embedded-process-main.ts", import.meta.url));
  const child = spawn(process.execPath, ["--import", "tsx", program, dataDir, role], {
    stdio: ["ignore", "pipe", "pipe"],
  });
  const exited = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  let output = "";
  const outcome = new Promise<{ url: string } | { error: string }>((resolve) => {
    child.stderr.on("data", (chunk) => (output += String(chunk)));
    child.stdout.on("data", (chunk) => {
      output += String(chunk);
      const url = /^ready (\S+)$/m.exec(output)?.[1];
      if (url) resolve({ url });
    });
    void exited.then(() => resolve({ error: output }));
  });
  return {
    child,
    outcome,
    kill: async (signal) => {
      child.kill(signal);
      await exited;
    },
  };
}
