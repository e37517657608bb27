import { once } from "node:events";
import { createServer, type AddressInfo, type Server } from "node:net";
import { afterAll, beforeAll, expect, test } from "vitest";
import { listenErrorText } from "@/lib/server/listen-error-text";

let taken: Server;

beforeAll(async () => {
  taken = createServer().listen(0, "127.0.0.1");
  await once(taken, "listening");
});
afterAll(() => void taken.close());

/** What is said of a port that really can't be opened. */
async function saidOf(address: { host: string; port: number }): Promise<string> {
  const server = createServer();
  const failed = once(server, "error");
  server.listen(address.port, address.host);
  const [error] = (await failed) as [Error];
  return listenErrorText(error, address);
}

test("a port in use, an address of another computer, and a name without an address name their setting", async () => {
  const { port } = taken.address() as AddressInfo;
  expect(await saidOf({ host: "127.0.0.1", port })).toBe(`Port ${port} is in use. Choose another with PORT.`);
  expect(await saidOf({ host: "192.0.2.1", port: 0 })).toMatch(
    /^HOST is "192\.0\.2\.1", which is not an address of this/,
  );
  expect(await saidOf({ host: "nowhere.invalid", port: 0 })).toMatch(
    /^HOST is "nowhere\.invalid", which is not the name/,
  );
});

test("a port that only an administrator may open says what to do, and other errors say their own words", () => {
  const refused = Object.assign(new Error("listen EACCES: permission denied 127.0.0.1:80"), {
    code: "EACCES",
  });
  expect(listenErrorText(refused, { host: "127.0.0.1", port: 80 })).toMatch(
    /^This user may not open port 80\./,
  );
  const odd = Object.assign(new Error("listen EINVAL: invalid argument"), { code: "EINVAL" });
  expect(listenErrorText(odd, { host: "fe80::1", port: 80 })).toBe("listen EINVAL: invalid argument");
});
