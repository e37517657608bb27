import { once } from "node:events";
import { connect, type Socket } from "node:net";

export interface RawAnswer {
  /** 0 where the connection ended without an answer. */
  status: number;
  head: string;
  body: string;
}

/** Opens a connection and leaves it idle; `from` is the client's own address. */
export async function openConnection(port: number, from = "127.0.0.1"): Promise<Socket> {
  const socket = connect({ port, host: "127.0.0.1", localAddress: from });
  socket.on("error", () => undefined);
  await once(socket, "connect");
  return socket;
}

/** Waits until a connection is over, by a reset as well, which `once` would throw. */
export function untilClosed(socket: Socket): Promise<void> {
  return socket.closed ? Promise.resolve() : new Promise((resolve) => socket.once("close", () => resolve()));
}

/** Sends text as it is and reads until the server ends the connection. */
export async function sendRaw(port: number, text: string): Promise<RawAnswer> {
  const socket = await openConnection(port);
  socket.write(text);
  return readAnswer(socket);
}

/** What the server sends until it ends the connection. */
export async function readAnswer(socket: Socket): Promise<RawAnswer> {
  let answer = "";
  socket.on("data", (chunk: Buffer) => (answer += String(chunk)));
  await untilClosed(socket);
  const [head = "", ...body] = answer.split("\r\n\r\n");
  return { status: Number(/^HTTP\/1\.1 (\d{3})/.exec(head)?.[1] ?? 0), head, body: body.join("\r\n\r\n") };
}
