import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from "node:fs/promises";
import { request } from "node:http";
import { tmpdir } from "node:os";
import path from "node:path";
import { brotliDecompressSync } from "node:zlib";
import { afterAll, beforeAll, expect, it } from "vitest";
import { packStatic } from "@/scripts/lib/pack-static.mjs";
import { openFront, type FrontServer } from "../../../support/front-server";

const SCRIPT = `console.log("${"a long script ".repeat(200)}");`;
let folder: string;
let front: FrontServer;

beforeAll(async () => {
  folder = await mkdtemp(path.join(tmpdir(), "packed-files-"));
  await mkdir(path.join(folder, "chunks"));
  await writeFile(path.join(folder, "chunks", "large.js"), SCRIPT);
  await writeFile(path.join(folder, "chunks", "replaced.js"), SCRIPT);
  await writeFile(path.join(folder, "chunks", "small.js"), "0;");
  await writeFile(path.join(folder, "chunks", "picture.png"), SCRIPT);
  await packStatic(folder);
  front = await openFront({ staticFolder: folder });
});
afterAll(async () => {
  await front.close();
  await rm(folder, { recursive: true });
});

/** As a browser asks, without unpacking. */
function ask(name: string, headers: Record<string, string> = {}, method = "GET") {
  return new Promise<{ status?: number; headers: Record<string, unknown>; body: Buffer }>(
    (resolve, reject) => {
      const sent = request(`${front.url}/_next/static/${name}`, { method, headers }, async (answer) => {
        const body = Buffer.concat(await answer.toArray());
        resolve({ status: answer.statusCode, headers: answer.headers, body });
      });
      sent.on("error", reject).end();
    },
  );
}

it("sends the packed copy to whoever takes Brotli, for ever and as what it is", async () => {
  const packed = await ask("chunks/large.js?dpl=1", { "Accept-Encoding": "gzip, deflate, br, zstd" });
  expect(packed.status).toBe(200);
  expect(packed.headers).toMatchObject({
    "content-type": "application/javascript; charset=UTF-8",
    "content-encoding": "br",
    "cache-control": "public, max-age=31536000, immutable",
    "x-content-type-options": "nosniff",
    vary: "Accept-Encoding",
  });
  expect(brotliDecompressSync(packed.body).toString()).toBe(SCRIPT);
  const head = await ask("chunks/large.js", { "Accept-Encoding": "br;q=0.5" }, "HEAD");
  expect(head.headers["content-length"]).toBe(String(packed.body.length));
  expect(head.body).toHaveLength(0);
});

it.each([
  ["chunks/large.js", "gzip"],
  ["chunks/large.js", "br;q=0, gzip"],
  ["chunks/small.js", "br"],
  ["chunks/picture.png", "br"],
  ["chunks/none.js", "br"],
  ["chunks/large.js.br", "br"],
])("leaves %s to Next for %s", async (name, accepted) => {
  const { headers, body } = await ask(name, { "Accept-Encoding": accepted });
  expect(headers["content-encoding"]).toBeUndefined();
  expect(body.toString()).toBe("read 0");
});

it("leaves to Next what a new build has replaced below the running server", async () => {
  await rm(path.join(folder, "chunks", "replaced.js.br"));
  const { headers, body } = await ask("chunks/replaced.js", { "Accept-Encoding": "br" });
  expect(headers["content-encoding"]).toBeUndefined();
  expect(body.toString()).toBe("read 0");
});

it("packs neither small files nor pictures", async () => {
  await expect(stat(path.join(folder, "chunks", "small.js.br"))).rejects.toThrow("ENOENT");
  await expect(stat(path.join(folder, "chunks", "picture.png.br"))).rejects.toThrow("ENOENT");
  expect((await readFile(path.join(folder, "chunks", "large.js.br"))).length).toBeLessThan(200);
});
