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
}

const LOOK_MILLISECONDS = 2_000;

/** @throws AppError `invalid` that names the setting and what is wrong with its file, and never tells what is in it. */
export function readTlsPair({ certFile, keyFile }: TlsFiles): TlsPair {
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
  return { cert, key };
}

/**
 * Serves a replaced certificate to new connections, without a restart. Returns what ends the watching.
 *
 * The files are looked at every two seconds, which also works where a file system tells nothing of changes. A pair
 * that does not fit together, as between the writing of two files, changes nothing; it is logged once for each state.
 */
export function keepCertificateFresh(server: Server, files: TlsFiles): () => void {
  let served = stateOf(files);
  let refused = "";
  const look = () => {
    const found = stateOf(files);
    if (found === served || found === refused) return;
    try {
      server.setSecureContext({ ...readTlsPair(files), minVersion: "TLSv1.2" });
      served = found;
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

/** Changes whenever either file is written or put in the place of another. */
function stateOf({ certFile, keyFile }: TlsFiles): string {
  return [certFile, keyFile]
    .map((file) => {
      const found = statSync(file, { throwIfNoEntry: false });
      return found ? `${found.ino} ${found.mtimeMs} ${found.size}` : "absent";
    })
    .join(", ");
}
