import { get } from "node:http";
import { connect, createServer, type AddressInfo, type Server, type Socket } from "node:net";

const CHECK_MILLISECONDS = 500;

interface Backend {
  port: number;
  isUp: boolean;
  connections: Set<Socket>;
}

/**
 * Hands each TCP connection to the next of several servers in turn. A server that refuses a connection or does not
 * answer its health check gets none until it answers again; its connections end with it.
 */
export class Balancer {
  readonly #backends: Backend[];
  readonly #server: Server;
  readonly #checks: NodeJS.Timeout;
  /** By the port that the client connects from: the position of the server that its connection went to. */
  readonly #takenBy = new Map<number, number>();
  #turn = 0;

  private constructor(ports: readonly number[]) {
    this.#backends = ports.map((port) => ({ port, isUp: true, connections: new Set() }));
    this.#server = createServer({ noDelay: true, pauseOnConnect: true }, (client) => this.#accept(client));
    this.#checks = setInterval(
      () => this.#backends.forEach((backend) => this.#check(backend)),
      CHECK_MILLISECONDS,
    );
  }

  static async listen(ports: readonly number[]): Promise<Balancer> {
    const balancer = new Balancer(ports);
    await new Promise<void>((resolve) => balancer.#server.listen(0, "127.0.0.1", resolve));
    return balancer;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** Which server the open connection from this port of the client's went to. */
  serverOf(clientPort: number | undefined): number | undefined {
    return clientPort === undefined ? undefined : this.#takenBy.get(clientPort);
  }

  async close(): Promise<void> {
    clearInterval(this.#checks);
    const closed = new Promise<void>((resolve) => this.#server.close(() => resolve()));
    for (const { connections } of this.#backends) connections.forEach((socket) => socket.destroy());
    await closed;
  }

  #accept(client: Socket, tried = 0): void {
    client.on("error", () => undefined); // "close" follows
    const index = this.#next();
    if (index === undefined || tried > this.#backends.length) return void client.destroy();
    const backend = this.#backends[index]!;
    const server = connect({ port: backend.port, host: "127.0.0.1", noDelay: true });
    const refused = () => {
      backend.isUp = false;
      this.#accept(client, tried + 1);
    };
    server.once("error", refused);
    server.once("connect", () => {
      server.off("error", refused);
      server.on("error", () => undefined);
      this.#join(client, server, index);
    });
  }

  #join(client: Socket, server: Socket, index: number): void {
    const { connections } = this.#backends[index]!;
    const clientPort = client.remotePort;
    if (clientPort === undefined) return void server.destroy();
    this.#takenBy.set(clientPort, index);
    connections.add(client);
    client.once("close", () => {
      this.#takenBy.delete(clientPort);
      connections.delete(client);
      server.destroy();
    });
    server.once("close", () => client.destroySoon());
    client.pipe(server);
    server.pipe(client);
  }

  /** The next server in turn that is up. */
  #next(): number | undefined {
    for (let step = 0; step < this.#backends.length; step += 1) {
      const index = this.#turn++ % this.#backends.length;
      if (this.#backends[index]!.isUp) return index;
    }
    return undefined;
  }

  #check(backend: Backend): void {
    const options = {
      host: "127.0.0.1",
      port: backend.port,
      path: "/api/health",
      timeout: 2_000,
      agent: false as const,
    };
    const request = get(options, (response) => {
      response.resume();
      backend.isUp = response.statusCode === 200;
    });
    request.on("timeout", () => request.destroy());
    request.on("error", () => (backend.isUp = false));
  }
}
