import {
  connect,
  createServer,
  type AddressInfo,
  type NetConnectOpts,
  type Server,
  type Socket,
} from "node:net";
import path from "node:path";

/** A way to a server that a test can cut, as when its machine dies, and mend. */
export class TcpBridge {
  #server: Server | undefined;
  readonly #sockets = new Set<Socket>();
  #port = 0;
  #isStalled = false;

  constructor(readonly target: NetConnectOpts) {}

  get port(): number {
    return this.#port;
  }

  /** Takes connections, on the same port each time. */
  async open(): Promise<void> {
    const server = createServer((socket) => this.#join(socket));
    await new Promise<void>((resolve, reject) => {
      server.once("error", reject);
      server.listen(this.#port, "127.0.0.1", resolve);
    });
    this.#port = (server.address() as AddressInfo).port;
    this.#server = server;
  }

  /** Breaks all connections; new ones are refused. */
  async cut(): Promise<void> {
    const server = this.#server;
    if (!server) return;
    this.#server = undefined;
    this.#isStalled = false;
    const closed = new Promise((resolve) => server.close(resolve));
    for (const socket of this.#sockets) socket.destroy();
    await closed;
  }

  /** Takes connections and bytes, and passes nothing on until it is cut, as when a firewall drops what it sees. */
  stall(): void {
    this.#isStalled = true;
    for (const socket of this.#sockets) socket.unpipe().pause();
  }

  /** Passes on what new connections bring; those that were stalled say nothing, and aren't closed. */
  passNew(): void {
    this.#isStalled = false;
  }

  #join(socket: Socket): void {
    const onward = connect(this.target);
    for (const [from, to] of [
      [socket, onward],
      [onward, socket],
    ] as const) {
      this.#sockets.add(from);
      from.setNoDelay(true);
      from.on("error", () => to.destroy());
      from.on("close", () => {
        this.#sockets.delete(from);
        to.destroy();
      });
      if (!this.#isStalled) from.pipe(to);
    }
  }
}

/** A way to a database, and the address that leads over it. */
export async function openDatabaseBridge(url: string): Promise<{ bridge: TcpBridge; address: string }> {
  const address = new URL(url);
  const { hostname: host, port, searchParams } = address;
  const folder = searchParams.get("host");
  const bridge = new TcpBridge(
    folder ? { path: path.join(folder, `.s.PGSQL.${port || 5432}`) } : { host, port: Number(port || 5432) },
  );
  await bridge.open();
  searchParams.delete("host");
  address.hostname = "127.0.0.1";
  address.port = String(bridge.port);
  return { bridge, address: address.href };
}
