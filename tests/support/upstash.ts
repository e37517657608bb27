import { createHash } from "node:crypto";
import { createServer, type IncomingMessage } from "node:http";
import type { AddressInfo } from "node:net";
import { Redis } from "ioredis";

export interface TestUpstash {
  url: string;
  token: string;
  stop(): Promise<void>;
}

type Encode = (value: unknown) => unknown;

/** Upstash sends strings in base64 when the client asks for it, everything else as it is. */
const inBase64: Encode = (value) => {
  if (Array.isArray(value)) return value.map(inBase64);
  return typeof value === "string" ? Buffer.from(value).toString("base64") : value;
};

async function bodyOf(request: IncomingMessage): Promise<unknown> {
  let text = "";
  for await (const chunk of request) text += String(chunk);
  return JSON.parse(text);
}

/** Scripts begin with a line that Upstash understands and Redis refuses; they are known by the digest of the whole. */
const plainDigests = new Map<string, string>();

function forRedis([name = "", script = "", ...args]: string[]): string[] {
  if (name.toLowerCase() === "evalsha") return [name, plainDigests.get(script) ?? script, ...args];
  if (name.toLowerCase() !== "eval") return [name, script, ...args];
  const plain = script.replace(/^#!lua[^\n]*\n/, "");
  plainDigests.set(sha1(script), sha1(plain));
  return [name, plain, ...args];
}

function sha1(text: string): string {
  return createHash("sha1").update(text).digest("hex");
}

async function answer(redis: Redis, command: string[], encode: Encode): Promise<object> {
  const [name, ...args] = forRedis(command.map(String));
  try {
    return { result: encode(await redis.call(name!, ...args)) };
  } catch (error) {
    return { error: (error as Error).message };
  }
}

/** Upstash's REST interface, as far as rate limits use it, in front of a real Redis. */
export async function startUpstash(redisUrl: string): Promise<TestUpstash> {
  const token = "a-token-of-the-tests";
  const redis = new Redis(redisUrl);
  const server = createServer((request, response) => {
    void (async () => {
      const isKnown = request.headers.authorization === `Bearer ${token}`;
      const encode: Encode = request.headers["upstash-encoding"] === "base64" ? inBase64 : (value) => value;
      const body = await bodyOf(request);
      const result = !isKnown
        ? { error: "WRONGPASS" }
        : request.url === "/pipeline"
          ? await Promise.all((body as string[][]).map((command) => answer(redis, command, encode)))
          : await answer(redis, body as string[], encode);
      response.writeHead(!isKnown ? 401 : "error" in result ? 400 : 200, {
        "Content-Type": "application/json",
      });
      response.end(JSON.stringify(result));
    })();
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  const stop = async () => {
    redis.disconnect();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  };
  return { url: `http://127.0.0.1:${port}`, token, stop };
}
