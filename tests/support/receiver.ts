import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { text } from "node:stream/consumers";

export interface Received {
  path: string;
  headers: IncomingHttpHeaders;
  body: string;
}

/** What a receiver does with a request it has read: a status, or anything it likes. */
export type Behaviour = number | ((response: ServerResponse, request: IncomingMessage) => void);

export interface Receiver {
  url: string;
  /** Every request that was read to its end, in order. */
  received: Received[];
  /** What it does from now on. */
  behave(behaviour: Behaviour): void;
  close(): Promise<void>;
}

/** A receiver of webhooks on the loopback, which answers 204 until told otherwise. */
export async function openReceiver(): Promise<Receiver> {
  const received: Received[] = [];
  let behaviour: Behaviour = 204;
  const server = createServer((request, response) => {
    void text(request)
      .then((body) => {
        received.push({ path: request.url ?? "", headers: request.headers, body });
        if (typeof behaviour === "number") response.writeHead(behaviour).end("the receiver's own words");
        else behaviour(response, request);
      })
      .catch(() => response.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    behave: (next) => (behaviour = next),
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
