import { readFileSync } from "node:fs";
import type { IncomingMessage, Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import { env } from "@/lib/env";
import { logger } from "@/lib/logger";
import { clientAddressOfRequest, isTrustedProxy, limitNameOf } from "../client-address";
import { Seldom } from "./seldom";

/** Descriptors kept for the database, for files and for programs that are run. */
const KEPT_DESCRIPTORS = 256;
const ONE_ADDRESS_SHARE = 0.75;
/** The share of the connections that requests to Next may keep busy; the rest is for agents. */
const PAGES_SHARE = 0.8;
const LOG_MILLISECONDS = 60_000;

export interface ConnectionLimits {
  all: number;
  /** Hosts of one IPv6 network count as one address; trusted proxies have no such limit. */
  perAddress: number;
}

/** The limits of the environment, lowered to the descriptors that this process may open. */
export function connectionLimits(openFiles: number = openFilesLimit()): ConnectionLimits {
  const { MAX_CONNECTIONS, MAX_CONNECTIONS_PER_ADDRESS } = env();
  const kept = Math.min(KEPT_DESCRIPTORS, Math.ceil(openFiles / 2));
  const all = Math.min(MAX_CONNECTIONS, openFiles - kept);
  return { all, perAddress: Math.min(MAX_CONNECTIONS_PER_ADDRESS, Math.ceil(all * ONE_ADDRESS_SHARE)) };
}

/** How many descriptors this process may open; Infinity where the system does not tell. */
function openFilesLimit(): number {
  try {
    const limits = readFileSync("/proc/self/limits", "utf8");
    return Number(/^Max open files\s+(\d+)/m.exec(limits)?.[1] ?? Infinity);
  } catch {
    return Infinity;
  }
}

/** The open connections of one address, oldest first. */
interface Peer {
  open: Set<Connection>;
  pages: number;
}

interface Connection {
  socket: Socket;
  peer: Peer;
  underWay: number;
  /** Whether an agent's request with a good key has come by it. */
  isAgent: boolean;
}

/**
 * Bounds the open connections, in all and for each address.
 *
 * At a limit, the oldest connection without a request under way makes room, but never one of an agent. Without such
 * a connection the new one is closed. So neither idle connections nor busy pages keep agents out.
 */
export class Connections {
  readonly #limits: ConnectionLimits;
  readonly #peers = new Map<string, Peer>();
  /** Peers that are trusted proxies: many clients each. */
  readonly #proxies: Peer = { open: new Set(), pages: 0 };
  /** Requests to Next through trusted proxies, by the client that a proxy names. */
  readonly #pagesOfClients = new Map<string, number>();
  readonly #ofSocket = new WeakMap<Socket, Connection>();
  readonly #refused = new Seldom(LOG_MILLISECONDS);
  #open = 0;
  #pages = 0;

  constructor(limits: ConnectionLimits) {
    this.#limits = limits;
  }

  get open(): number {
    return this.#open;
  }

  /** Keeps count of the server's connections. */
  watch(server: Server): void {
    server.on("connection", (socket: Socket) => this.#admit(socket));
    // A TLS connection's requests name another socket than the one that was accepted.
    server.on("secureConnection", (socket: Socket) => {
      const connection = this.#find(socket);
      if (connection) this.#ofSocket.set(socket, connection);
    });
  }

  /** Counts a request to Next until its answer is sent or broken off; false when there is no room for it. */
  beginPage(req: IncomingMessage, res: ServerResponse): boolean {
    const connection = this.#ofSocket.get(req.socket);
    if (!connection) return true;
    const client = connection.peer === this.#proxies ? clientNameOf(req) : null;
    if (!this.#hasRoomForPage(connection.peer, client)) return false;
    this.#countPage(connection, client, 1);
    res.once("close", () => this.#countPage(connection, client, -1));
    return true;
  }

  #countPage(connection: Connection, client: string | null, by: 1 | -1): void {
    if (client !== null) {
      const pages = (this.#pagesOfClients.get(client) ?? 0) + by;
      if (pages > 0) this.#pagesOfClients.set(client, pages);
      else this.#pagesOfClients.delete(client);
    }
    connection.underWay += by;
    connection.peer.pages += by;
    this.#pages += by;
  }

  /** Counts an agent's request, which always has room. */
  beginAgent(req: IncomingMessage): void {
    const connection = this.#ofSocket.get(req.socket);
    if (connection) connection.underWay += 1;
  }

  /** Ends the count of an agent's request; called, as a listener for each answer would double garbage collection. */
  endAgent(req: IncomingMessage, status: number): void {
    const connection = this.#ofSocket.get(req.socket);
    if (!connection) return;
    connection.underWay -= 1;
    if (req.method === "POST" && status < 300) connection.isAgent = true;
  }

  #hasRoomForPage(peer: Peer, client: string | null): boolean {
    const { all, perAddress } = this.#limits;
    if (this.#pages >= all * PAGES_SHARE) return false;
    if (peer !== this.#proxies) return peer.pages < perAddress * PAGES_SHARE;
    return client === null || (this.#pagesOfClients.get(client) ?? 0) < perAddress * PAGES_SHARE;
  }

  #admit(socket: Socket): void {
    const address = socket.remoteAddress;
    // It is gone already.
    if (address === undefined) return void socket.destroy();
    const name = limitNameOf(address);
    const peer = isTrustedProxy(address) ? this.#proxies : (this.#peers.get(name) ?? newPeer());
    if (!this.#makeRoom(peer)) return this.#refuse(socket, name);
    if (peer !== this.#proxies) this.#peers.set(name, peer);
    const connection = { socket, peer, underWay: 0, isAgent: false };
    this.#open += 1;
    peer.open.add(connection);
    this.#ofSocket.set(socket, connection);
    socket.once("close", () => this.#forget(connection, name));
  }

  #makeRoom(peer: Peer): boolean {
    const { all, perAddress } = this.#limits;
    if (peer !== this.#proxies && peer.open.size >= perAddress && !this.#endIdle(peer)) return false;
    if (this.#open < all) return true;
    const largest = [...this.#peers.values(), this.#proxies].reduce((a, b) =>
      b.open.size > a.open.size ? b : a,
    );
    return this.#endIdle(largest) || (largest !== this.#proxies && this.#endIdle(this.#proxies));
  }

  #endIdle(peer: Peer): boolean {
    for (const connection of peer.open) {
      if (connection.underWay > 0 || connection.isAgent) continue;
      connection.socket.destroy();
      this.#forget(connection);
      return true;
    }
    return false;
  }

  #refuse(socket: Socket, address: string): void {
    socket.destroy();
    const count = this.#refused.count();
    if (count > 0)
      logger.warn({ address, count, open: this.#open }, "Connections refused: too many are open");
  }

  #forget(connection: Connection, name?: string): void {
    const { peer } = connection;
    if (peer.open.delete(connection)) this.#open -= 1;
    if (name !== undefined && peer.open.size === 0 && this.#peers.get(name) === peer)
      this.#peers.delete(name);
  }

  #find(socket: Socket): Connection | undefined {
    const { remoteAddress, remotePort } = socket;
    const peer = isTrustedProxy(remoteAddress ?? "")
      ? this.#proxies
      : this.#peers.get(limitNameOf(remoteAddress ?? ""));
    for (const connection of peer?.open ?? []) {
      const { socket: accepted } = connection;
      if (accepted.remotePort === remotePort && accepted.remoteAddress === remoteAddress) return connection;
    }
    return undefined;
  }
}

function newPeer(): Peer {
  return { open: new Set(), pages: 0 };
}

/** The client that a trusted proxy names, as limits count it; null where it names none. */
function clientNameOf(req: IncomingMessage): string | null {
  const address = clientAddressOfRequest(req);
  return isTrustedProxy(address) ? null : limitNameOf(address);
}
