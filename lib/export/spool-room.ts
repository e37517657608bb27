import type { Text } from "@/lib/domain/text";
import { AppError } from "@/lib/errors";

const MEBIBYTE = 1024 * 1024;
const MOST_FILE_BYTES = 256 * MEBIBYTE;
const MOST_BYTES = 1_024 * MEBIBYTE;
const MOST_FILES = 48;
const MOST_FILES_PER_READER = 4;
/** Of one lane, beside what stays free: 12 files while no other has any, and half the bytes; some room is always left. */
const FILES_OF_FREE = 1 / 3;
const BYTES_OF_FREE = 1;
const RETRY_SECONDS = 30;

/** Whose a file is: either has limits of its own. */
export interface FileOwner {
  /** The user or the API key. */
  reader: string;
  /** The company, or the set of companies that is read at once. */
  lane: string;
}

export interface KeptFile extends FileOwner {
  bytes: number;
}

/** Counts the files that wait to be sent, in all and of each owner. */
export class SpoolRoom {
  readonly #files = new Set<KeptFile>();

  /** How many files there are. */
  get size(): number {
    return this.#files.size;
  }

  /** @throws AppError `limited` where there are too many files already, of all or of the owner. */
  open({ reader, lane }: FileOwner): KeptFile {
    const ofReader = this.#filesOf((file) => file.reader === reader).length;
    if (ofReader >= MOST_FILES_PER_READER) {
      throw new AppError("limited", { key: "files.tooManyOfYours" }, [], RETRY_SECONDS);
    }
    const free = MOST_FILES - this.size - 1;
    const ofLane = this.#filesOf((file) => file.lane === lane).length + 1;
    if (free < 0 || (ofLane > 1 && ofLane > free * FILES_OF_FREE)) throw noRoom();
    const file = { reader, lane, bytes: 0 };
    this.#files.add(file);
    return file;
  }

  /** @throws AppError `invalid` when the file becomes too large, `limited` when all do, or all of its lane. */
  grow(file: KeptFile, bytes: number): void {
    file.bytes += bytes;
    if (file.bytes > MOST_FILE_BYTES) {
      const message: Text = { key: "files.tooLarge", values: { size: MOST_FILE_BYTES / MEBIBYTE } };
      throw new AppError("invalid", message, [{ field: "format", message }]);
    }
    const free = MOST_BYTES - bytesOf([...this.#files]);
    const ofLane = bytesOf(this.#filesOf(({ lane }) => lane === file.lane));
    if (free < 0 || ofLane > free * BYTES_OF_FREE) throw noRoom();
  }

  close(file: KeptFile): void {
    this.#files.delete(file);
  }

  #filesOf(isMeant: (file: KeptFile) => boolean): KeptFile[] {
    return [...this.#files].filter(isMeant);
  }
}

function bytesOf(files: readonly KeptFile[]): number {
  return files.reduce((sum, file) => sum + file.bytes, 0);
}

function noRoom(): AppError {
  return new AppError("limited", { key: "files.tooMany" }, [], RETRY_SECONDS);
}
