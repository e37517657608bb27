import { createServer as createHttpServer, type RequestListener, type Server } from "node:http";
import { createServer as createHttpsServer } from "node:https";
import type { AddressInfo } from "node:net";
import path from "node:path";
import { setFlagsFromString } from "node:v8";
import nextEnv from "@next/env";
import next from "next";
import { env } from "@/lib/env";
import { messageOf } from "@/lib/error-text";
import { logger } from "@/lib/logger";
import { connectionLimits, Connections } from "@/lib/server/front/connections";
import { packedFiles } from "@/lib/server/front/packed-files";
import { hardenServer } from "@/lib/server/front/harden-server";
import { requestListener } from "@/lib/server/front/request-listener";
import { listenErrorText } from "@/lib/server/listen-error-text";
import { notReadyText, readyText } from "@/lib/server/ready-text";
import { stopInOrder } from "@/lib/server/stop-in-order";
import { contextOf, keepCertificateFresh, readTlsPair, type TlsFiles, type TlsPair } from "@/lib/server/tls";
import { assertMailFiles } from "@/lib/services/mail/mail-pool";
import { takeUntold } from "@/lib/services/install/installation-state";
import { openInstallation, type Installation } from "@/lib/services/install/open-installation";

// Otherwise the heap more than doubles before old garbage is collected, and a long export produces much of it.
setFlagsFromString("--heap-growing-percent=40");

// The reader of the outputs may end before the server does. Unhandled, the error would end the process, or Next would
// write it to the same closed pipe forever.
for (const output of [process.stdout, process.stderr]) output.on("error", () => undefined);

/** What a signal ends. */
const running: { server?: Server; installation?: Installation } = {};
/** Aborted once a signal has come. */
const stopping = new AbortController();

async function main(): Promise<void> {
  stopOnSignal();
  nextEnv.loadEnvConfig(process.cwd());
  const { HOST, PORT, SSL_CERTFILE, SSL_KEYFILE } = env();
  const tls = SSL_CERTFILE && SSL_KEYFILE ? { certFile: SSL_CERTFILE, keyFile: SSL_KEYFILE } : null;
  const isHttps = tls !== null;
  // First of all, so that an incorrect file is reported immediately.
  const pair = tls && readTlsPair(tls);
  assertMailFiles();
  const installation = await openInstallation("server", undefined, stopping.signal);
  running.installation = installation;
  if (stopping.signal.aborted) return end(installation);
  // Next listens for upgrades on the server that it is given, and never answers them.
  const httpServer = createHttpServer();
  const app = next({ dev: false, dir: process.cwd(), hostname: HOST, port: PORT, httpServer });
  await app.prepare();
  if (stopping.signal.aborted) return;
  const connections = new Connections(connectionLimits());
  const sendPacked = packedFiles(path.join(process.cwd(), ".next", "static"));
  const onRequest = requestListener({
    connections,
    isHttps,
    sendPacked,
    handleWithNext: app.getRequestHandler(),
  });
  const server = tls ? serveTls(tls, pair!, onRequest) : createHttpServer(onRequest);
  hardenServer(server);
  connections.watch(server);
  running.server = server;
  await listen(server, PORT, HOST);
  const { port } = server.address() as AddressInfo;
  const { firstStart, secretWarning } = installation;
  process.stdout.write(readyText({ host: HOST, port, isHttps, firstStart, secretWarning }));
  takeUntold();
}

/** HTTPS by HTTP/1.1 with the pair at hand and, once they are replaced, whatever the files then hold. */
function serveTls(files: TlsFiles, pair: TlsPair, onRequest: RequestListener): Server {
  const server = createHttpsServer({ ...contextOf(pair), ALPNProtocols: ["http/1.1"] }, onRequest);
  server.once("close", keepCertificateFresh(server, files, pair));
  return server;
}

function listen(server: Server, port: number, host: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const fail = (error: Error) =>
      reject(new Error(listenErrorText(error, { host, port }), { cause: error }));
    server.once("error", fail);
    server.listen(port, host, () => {
      server.off("error", fail);
      resolve();
    });
  });
}

/**
 * Stops in order on a signal, such as that of a terminal that is closed, also while the installation is opened, which
 * then ends first, and while Next prepares, which takes seconds.
 */
function stopOnSignal(): void {
  const stop = (signal: string) => {
    if (stopping.signal.aborted) return;
    logger.info({ signal }, "Stopping");
    stopping.abort();
    if (running.installation) void end(running.installation);
  };
  for (const signal of ["SIGTERM", "SIGINT", "SIGHUP"] as const) process.on(signal, stop);
}

async function end(installation: Installation): Promise<never> {
  tellUntold();
  process.exit(await stopInOrder(running.server, installation));
}

function tellUntold(): void {
  const untold = takeUntold();
  if (untold) process.stdout.write(notReadyText(untold));
}

process.on("unhandledRejection", (error) => logger.error({ err: error }, "Unhandled promise rejection"));

/** Says in words why the start failed, after closing what was opened. */
async function giveUp(error: unknown): Promise<void> {
  const { installation } = running;
  // A signal has it ended.
  if (stopping.signal.aborted && installation) return;
  tellUntold();
  if (stopping.signal.aborted) process.exit(0);
  if (installation) await stopInOrder(undefined, installation);
  process.stderr.write(`WinAuthMon cannot start: ${messageOf(error)}
`);
  if (error instanceof Error) logger.debug({ err: error }, "Start failed");
  process.exit(1);
}

main().catch(giveUp);
