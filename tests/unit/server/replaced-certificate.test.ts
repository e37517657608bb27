import { once } from "node:events";
import { mkdtemp, rename, rm, symlink, writeFile } from "node:fs/promises";
import { createServer, type Server } from "node:https";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { connect } from "node:tls";
import { generate } from "selfsigned";
import { afterEach, beforeEach, expect, it, vi } from "vitest";
import { logger } from "@/lib/logger";
import { contextOf, keepCertificateFresh, readTlsPair, type TlsFiles } from "@/lib/server/tls";

const LOOK_MILLISECONDS = 2_000;
let folder: string;
let files: TlsFiles;
let server: Server;
let end: () => void = () => undefined;

beforeEach(async () => {
  vi.useFakeTimers({ toFake: ["setInterval", "clearInterval"] });
  folder = await mkdtemp(path.join(tmpdir(), "winauthmon-replaced-"));
  files = { certFile: path.join(folder, "cert.pem"), keyFile: path.join(folder, "key.pem") };
  await replacePair("first");
});
afterEach(async () => {
  end();
  await new Promise((resolve) => server.close(resolve));
  vi.useRealTimers();
  vi.restoreAllMocks();
  await rm(folder, { recursive: true, force: true });
});

/** Puts another pair in the place of both files. */
async function replacePair(name: string): Promise<void> {
  const { cert, private: key } = await generate([{ name: "commonName", value: name }]);
  for (const [file, text] of [
    [files.certFile, cert],
    [files.keyFile, key],
  ] as const) {
    await writeFile(`${file}.new`, text);
    await rename(`${file}.new`, file);
  }
}

/** Serves the pair as it was read, and watches the files from now on. */
async function serve(pair: ReturnType<typeof readTlsPair>): Promise<void> {
  server = createServer(contextOf(pair)).listen(0, "127.0.0.1");
  await once(server, "listening");
  end = keepCertificateFresh(server, files, pair);
}

async function servedName(): Promise<unknown> {
  const { port } = server.address() as AddressInfo;
  const socket = connect({ port, host: "127.0.0.1", rejectUnauthorized: false });
  await once(socket, "secureConnect");
  const name = socket.getPeerCertificate().subject.CN;
  socket.destroy();
  return name;
}

it("serves a pair that was replaced between its reading and the start of the watch", async () => {
  const pair = readTlsPair(files);
  await replacePair("second");
  await serve(pair);
  expect(await servedName()).toBe("first");
  vi.advanceTimersByTime(LOOK_MILLISECONDS);
  expect(await servedName()).toBe("second");
  await replacePair("third");
  vi.advanceTimersByTime(LOOK_MILLISECONDS);
  expect(await servedName()).toBe("third");
});

it("keeps the pair, and says so once, while a file can't be looked at", async () => {
  const said = vi.spyOn(logger, "error").mockImplementation(() => undefined);
  await serve(readTlsPair(files));
  await rm(files.certFile);
  // Links that lead in a circle can't be followed by anybody, not even by root.
  await symlink(files.certFile, files.certFile);
  vi.advanceTimersByTime(3 * LOOK_MILLISECONDS);
  expect(said).toHaveBeenCalledTimes(1);
  expect(await servedName()).toBe("first");
  await rm(files.certFile);
  await replacePair("second");
  vi.advanceTimersByTime(LOOK_MILLISECONDS);
  expect(await servedName()).toBe("second");
});
