import { connect, type Socket } from "node:net";

/** What a connection's owner hears. `status` is the HTTP status of the one request under way. */
export interface ConnectionOwner {
  answered(connection: KeepAliveConnection, status: number, body: string): void;
  /** The connection is gone; `hadRequest` tells whether a request was left without an answer. */
  lost(connection: KeepAliveConnection, hadRequest: boolean): void;
}

/** The server's answers to agents always carry a Content-Length, so this much of HTTP/1.1 is enough. */
const LENGTH_HEADER = "\r\nContent-Length: ";

/**
 * One keep-alive HTTP/1.1 connection with at most one request under way.
 *
 * It does as little work a request as will do, so that a load generator on the server's own machine leaves
 * the processors to the server.
 */
export class KeepAliveConnection {
  readonly #socket: Socket;
  readonly #owner: ConnectionOwner;
  #received = "";
  #isAwaiting = false;

  private constructor(socket: Socket, owner: ConnectionOwner) {
    this.#socket = socket;
    this.#owner = owner;
    socket.setNoDelay(true);
    socket.setEncoding("latin1");
    socket.on("data", (text: string) => this.#receive(text));
    socket.on("error", () => undefined); // "close" follows and is what counts
    socket.on("close", () => owner.lost(this, this.#isAwaiting));
  }

  /** Connects over loopback. @throws the socket's error. */
  static open(port: number, owner: ConnectionOwner): Promise<KeepAliveConnection> {
    return new Promise((resolve, reject) => {
      const socket = connect({ port, host: "127.0.0.1" });
      socket.once("error", reject);
      socket.once("connect", () => {
        socket.off("error", reject);
        resolve(new KeepAliveConnection(socket, owner));
      });
    });
  }

  /** Sends a whole request, head and body; the owner hears of its answer. */
  send(request: string | Buffer): void {
    this.#isAwaiting = true;
    if (typeof request === "string") this.#socket.write(request, "latin1");
    else this.#socket.write(request);
  }

  close(): void {
    this.#socket.destroy();
  }

  #receive(text: string): void {
    if (!this.#isAwaiting) return; // the server's farewell to a connection that was idle for long
    this.#received = this.#received === "" ? text : this.#received + text;
    const received = this.#received;
    const headEnd = received.indexOf("\r\n\r\n");
    if (headEnd < 0) return;
    const lengthAt = received.indexOf(LENGTH_HEADER);
    if (lengthAt < 0 || lengthAt > headEnd) throw new Error("An answer without a Content-Length came.");
    const length = Number.parseInt(received.slice(lengthAt + LENGTH_HEADER.length, headEnd + 2), 10);
    if (received.length < headEnd + 4 + length) return;
    const status = Number(received.slice(9, 12));
    this.#received = "";
    this.#isAwaiting = false;
    this.#owner.answered(this, status, received.slice(headEnd + 4));
  }
}
