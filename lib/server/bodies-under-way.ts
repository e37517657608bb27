import { env } from "@/lib/env";
import { AppError } from "@/lib/errors";
import { processState } from "@/lib/process-state";

const MIB = 1024 * 1024;
const RETRY_SECONDS = 5;
/** The share of all the bytes that one owner, a key or an address, may hold. */
const OWNER_SHARE = 0.25;

/** Counts the bytes of request bodies that are in memory, in all and for each owner. */
export class BodiesUnderWay {
  readonly #most: number;
  readonly #mostOfOwner: number;
  readonly #ofOwner = new Map<string, number>();
  #all = 0;

  constructor(mostBytes: number) {
    this.#most = mostBytes;
    this.#mostOfOwner = mostBytes * OWNER_SHARE;
  }

  get bytes(): number {
    return this.#all;
  }

  /** @throws AppError `unavailable` when all hold too much, `limited` when one of the owners does; counts nothing then. */
  add(owners: readonly string[], bytes: number): void {
    if (this.#all + bytes > this.#most) {
      const message = "The server is receiving too much at once. Try again later";
      throw new AppError("unavailable", message, [], RETRY_SECONDS);
    }
    for (const owner of owners) {
      if ((this.#ofOwner.get(owner) ?? 0) + bytes <= this.#mostOfOwner) continue;
      const message = "Too much is being sent at once with this key or from this address. Try again later";
      throw new AppError("limited", message, [], RETRY_SECONDS);
    }
    this.#change(owners, bytes);
  }

  remove(owners: readonly string[], bytes: number): void {
    this.#change(owners, -bytes);
  }

  #change(owners: readonly string[], by: number): void {
    this.#all += by;
    for (const owner of owners) {
      const bytes = (this.#ofOwner.get(owner) ?? 0) + by;
      if (bytes > 0) this.#ofOwner.set(owner, bytes);
      else this.#ofOwner.delete(owner);
    }
  }
}

/** What one request holds of them, until it is released. */
export class HeldBytes {
  #bytes = 0;

  constructor(
    readonly under: BodiesUnderWay,
    readonly owners: readonly string[],
  ) {}

  /** @throws as BodiesUnderWay.add. */
  add(bytes: number): void {
    this.under.add(this.owners, bytes);
    this.#bytes += bytes;
  }

  release(): void {
    if (this.#bytes > 0) this.under.remove(this.owners, this.#bytes);
    this.#bytes = 0;
  }
}

/** Those of agents, at most REQUEST_BODIES_MIB: apart from the others, as no form or page is worth an event. */
export function agentBodies(): BodiesUnderWay {
  return processState("agent-bodies", () => new BodiesUnderWay(env().REQUEST_BODIES_MIB * MIB));
}

/** Those that go to Next, half as much. */
export function pageBodies(): BodiesUnderWay {
  return processState("page-bodies", () => new BodiesUnderWay((env().REQUEST_BODIES_MIB / 2) * MIB));
}
