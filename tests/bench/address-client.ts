import { Agent, request } from "node:http";
import { findPlainForm, plainFormBody, type PlainForm } from "../support/plain-form";

export interface Answer {
  status: number;
  text: string;
  /** As a browser sends them back. */
  cookie: string;
  milliseconds: number;
}

/** One client on a kept connection from an address of its own: on Linux all of 127.0.0.0/8 is the machine itself. */
export class AddressClient {
  readonly #agent = new Agent({ keepAlive: true, maxSockets: 1 });

  constructor(
    readonly port: number,
    readonly address: string,
  ) {}

  async readLoginForm(): Promise<PlainForm> {
    const { text } = await this.#send("GET", {});
    return findPlainForm(`http://127.0.0.1:${this.port}/login`, text, "login");
  }

  readLogin(): Promise<Answer> {
    return this.#send("GET", {});
  }

  /** Sends the sign-in form as a browser without scripts does. */
  async signIn(form: PlainForm, login: string, password: string, cookie = ""): Promise<Answer> {
    const encoded = new Response(plainFormBody(form, { login, password }));
    const headers = {
      Origin: new URL(form.url).origin,
      Cookie: cookie,
      "Content-Type": encoded.headers.get("content-type")!,
    };
    return this.#send("POST", headers, Buffer.from(await encoded.arrayBuffer()));
  }

  #send(method: string, headers: Record<string, string>, body?: Buffer): Promise<Answer> {
    const startedAt = performance.now();
    return new Promise((resolve, reject) => {
      const to = { host: "127.0.0.1", port: this.port, path: "/login", method, agent: this.#agent };
      const sent = request({ ...to, headers, localAddress: this.address }, (response) => {
        const chunks: Buffer[] = [];
        response.on("data", (chunk: Buffer) => chunks.push(chunk));
        response.on("error", reject);
        response.on("end", () =>
          resolve({
            status: response.statusCode ?? 0,
            text: Buffer.concat(chunks).toString("utf8"),
            cookie: (response.headers["set-cookie"] ?? []).map((text) => text.split(";")[0]).join("; "),
            milliseconds: performance.now() - startedAt,
          }),
        );
      });
      sent.on("error", reject);
      sent.end(body);
    });
  }

  close(): void {
    this.#agent.destroy();
  }
}

/** Clients from addresses of their own, 127.0.`group`.1 and on, which are closed when `work` is over. */
export async function withClients<T>(
  port: number,
  group: number,
  count: number,
  work: (clients: AddressClient[]) => Promise<T>,
): Promise<T> {
  const clients = Array.from({ length: count }, (_, i) => new AddressClient(port, `127.0.${group}.${i + 1}`));
  try {
    return await work(clients);
  } finally {
    for (const client of clients) client.close();
  }
}
