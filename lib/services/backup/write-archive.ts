import { createWriteStream } from "node:fs";
import { open, rename, rm, stat } from "node:fs/promises";
import type { Readable } from "node:stream";
import { pipeline } from "node:stream/promises";
import { createGzip } from "node:zlib";
import { pack, type Pack } from "tar-stream";
import type { SequenceState } from "@/db/backup/tables";
import {
  HEADER,
  MANIFEST,
  newTally,
  SECRET,
  tallyUp,
  type BackupHeader,
  type BackupManifest,
} from "./archive-format";
import { PART } from "./backup-files";

const CHUNK_BYTES = 4 * 1024 * 1024;

/** Writes a backup: a gzipped tar file, each table in pieces of a few megabytes of COPY text, or of one row. */
export class ArchiveWriter {
  readonly #pack: Pack = pack();
  readonly #written: Promise<void>;
  readonly #tables: BackupManifest["tables"] = [];

  /** Until it is published, the file has this name, which isn't a backup's. */
  readonly partial: string;

  constructor(readonly file: string) {
    this.partial = `${file}${PART}`;
    const out = createWriteStream(this.partial, { mode: 0o600, flags: "wx" });
    this.#written = pipeline(this.#pack, createGzip({ level: 3 }), out);
    this.#written.catch(() => undefined);
  }

  async begin(header: BackupHeader): Promise<void> {
    await this.#add(HEADER, Buffer.from(JSON.stringify(header, null, 2)));
  }

  async addSecret(secret: string): Promise<void> {
    await this.#add(SECRET, Buffer.from(secret));
  }

  async addTable(name: string, rows: Readable, signal?: AbortSignal): Promise<void> {
    const tally = newTally();
    let pieces: Buffer[] = [];
    let length = 0;
    let number = 0;
    const flush = async () => {
      if (length === 0) return;
      number += 1;
      await this.#add(`tables/${name}/${String(number).padStart(6, "0")}.copy`, Buffer.concat(pieces));
      [pieces, length] = [[], 0];
    };
    for await (const piece of rows as AsyncIterable<Buffer>) {
      signal?.throwIfAborted();
      tallyUp(tally, piece);
      pieces.push(piece);
      length += piece.length;
      if (length >= CHUNK_BYTES) await flush();
    }
    await flush();
    this.#tables.push({ name, rows: tally.rows, sha256: tally.hash.digest("hex") });
  }

  /** Makes the file whole and waits for the disk. @returns rows per table and the file's size in bytes. */
  async finish(sequences: SequenceState[]): Promise<{ manifest: BackupManifest; bytes: number }> {
    const manifest = { tables: this.#tables, sequences };
    await this.#add(MANIFEST, Buffer.from(JSON.stringify(manifest, null, 2)));
    this.#pack.finalize();
    await this.#written;
    const handle = await open(this.partial, "r+");
    await handle.sync().finally(() => handle.close());
    return { manifest, bytes: (await stat(this.partial)).size };
  }

  async publish(): Promise<void> {
    await rename(this.partial, this.file);
  }

  async giveUp(): Promise<void> {
    this.#pack.destroy();
    await this.#written.catch(() => undefined);
    await rm(this.partial, { force: true });
  }

  #add(name: string, content: Buffer): Promise<void> {
    const added = new Promise<void>((resolve, reject) => {
      this.#pack.entry({ name, size: content.length, mode: 0o600 }, content, (error) =>
        error ? reject(error) : resolve(),
      );
    });
    // A full disk ends the file, not the entry.
    return Promise.race([added, this.#written.then(() => undefined)]);
  }
}
