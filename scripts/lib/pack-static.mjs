import { readdir, readFile, writeFile } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { brotliCompress, constants } from "node:zlib";

const pack = promisify(brotliCompress);
const KINDS = new Set([".js", ".css"]);
const LEAST_BYTES = 1_024;

/** Lays a Brotli copy, `<name>.br`, beside every script and style sheet below the folder. */
export async function packStatic(folder) {
  const names = await readdir(folder, { recursive: true });
  await Promise.all(
    names.filter((name) => KINDS.has(path.extname(name))).map((name) => packFile(path.join(folder, name))),
  );
}

async function packFile(file) {
  const body = await readFile(file);
  if (body.length < LEAST_BYTES) return;
  const params = {
    [constants.BROTLI_PARAM_MODE]: constants.BROTLI_MODE_TEXT,
    [constants.BROTLI_PARAM_SIZE_HINT]: body.length,
  };
  await writeFile(`${file}.br`, await pack(body, { params }));
}
