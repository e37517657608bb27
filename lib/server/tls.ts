import { X509Certificate, createPrivateKey } from "node:crypto";
import { statSync } from "node:fs";
import type { Server } from "node:https";
import { createSecureContext } from "node:tls";
import { readConfigured, understood } from "@/lib/configured-file";
import { AppError } from "@/lib/errors";
import { logger } from "@/lib/logger";

export interface TlsFiles {
  /** PEM, the server's certificate first, then those that lead to its authority. */
  certFile: string;
  /** PEM, not encrypted. */
  keyFile: string;
}

export interface TlsPair {
  cert: Buffer;
  key: Buffer;
  /** How the files were before they were read. */
  state: string;
}

const LOOK_MILLISECONDS = 2_000;

/** @throws AppError `invalid` that names the setting and what is wrong with its file, and never tells what is in it. */
export function readTlsPair(files: TlsFiles): TlsPair {
  const { certFile, keyFile } = files;
  const state = stateOf(files);
  const cert = readConfigured("SSL_CERTFILE", certFile);
  const key = readConfigured("SSL_KEYFILE", keyFile);
  const certificate = understood(
    "SSL_CERTFILE",
    certFile,
    "a PEM certificate",
    () => new X509Certificate(cert),
  );
  const privateKey = understood("SSL_KEYFILE", keyFile, "an unencrypted PEM key", () =>
    createPrivateKey(key),
  );
  if (!certificate.checkPrivateKey(privateKey)) {
    throw new AppError("invalid", `SSL_KEYFILE (${keyFile}) is not the key of SSL_CERTFILE (${certFile}).`);
  }
  understood("SSL_CERTFILE", certFile, "a certificate chain that TLS can use", () =>
    createSecureContext({ cert, key }),
  );
  return { cert, key, state };
}

/** What a server of TLS is made with, and given when its certificate is replaced. */
export function contextOf({ cert, key }: TlsPair) {
  return { cert, key, minVersion: "TLSv1.2" } as const;
}

/**
 * Serves a certificate that has replaced the pair to new connections, without a restart, also if it did so after the
 * pair was read and before this call. Returns what ends the watching.
 *
 * The files are looked at every two seconds, which also works where a file system tells nothing of changes. A pair
 * that does not fit together, as between the writing of two files, changes nothing; it is logged once for each state.
 */
export function keepCertificateFresh(server: Server, files: TlsFiles, pair: TlsPair): () => void {
  let served = pair.state;
  let refused = "";
  const look = () => {
    const found = stateOf(files);
    if (found === served || found === refused) return;
    try {
      const replaced = readTlsPair(files);
      server.setSecureContext(contextOf(replaced));
      served = replaced.state;
      logger.info({ certFile: files.certFile }, "New certificate in use");
    } catch (error) {
      refused = found;
      logger.error({ err: error }, "Can't use the new certificate; the previous one stays in use");
    }
  };
  const timer = setInterval(look, LOOK_MILLISECONDS);
  timer.unref();
  return () => clearInterval(timer);
}

/** Changes whenever either file is written or put in the place of another, and while it can't be looked at. */
function stateOf({ certFile, keyFile }: TlsFiles): string {
  return [certFile, keyFile].map(stateOfFile).join(", ");
}

function stateOfFile(file: string): string {
  try {
    const { ino, mtimeMs, size } = statSync(file);
    return `${ino} ${mtimeMs} ${size}`;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}
