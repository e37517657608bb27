import { createServer, type Server } from "node:net";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, expect, it } from "vitest";
import { parseSourceAddress } from "@/lib/domain/import/source-address";
import { openSource } from "@/lib/services/import/sources/open-source";
import { selectCount, selectPage } from "@/lib/services/import/sources/select-page";

// There is no SQL Server to be had here: the query's text and a server that speaks just enough to refuse are tested.

let server: Server;
let port: number;
const SECRET = "hunter2-secret";

const PACKET_PRELOGIN = 0x12;
const PACKET_REPLY = 0x04;

/** One TDS packet: type, end of message, length, channel, number, window, then the body. */
function packet(body: Buffer): Buffer {
  const head = Buffer.from([PACKET_REPLY, 1, 0, 0, 0, 0, 1, 0]);
  head.writeUInt16BE(head.length + body.length, 2);
  return Buffer.concat([head, body]);
}

/** PRELOGIN: version 16.0, and encryption that is not supported (2). */
function preloginReply(): Buffer {
  const options = Buffer.from([0, 0, 11, 0, 6, 1, 0, 17, 0, 1, 0xff]);
  return packet(Buffer.concat([options, Buffer.from([16, 0, 0, 0, 0, 0, 2])]));
}

/** ERROR token 18456, as SQL Server refuses a login, and DONE. */
function loginRefused(): Buffer {
  const text = (value: string) => Buffer.from(value, "utf16le");
  const message = "Login failed for user 'u'.";
  const body = Buffer.alloc(9);
  body.writeUInt32LE(18456, 0);
  body.writeUInt8(1, 4);
  body.writeUInt8(14, 5);
  body.writeUInt16LE(message.length, 6);
  const error = Buffer.concat([
    body.subarray(0, 8),
    text(message),
    Buffer.from([3]),
    text("SQL"),
    Buffer.from([0]),
    Buffer.from([1, 0, 0, 0]),
  ]);
  const length = Buffer.alloc(2);
  length.writeUInt16LE(error.length);
  const done = Buffer.from([0xfd, 2, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0]);
  return packet(Buffer.concat([Buffer.from([0xaa]), length, error, done]));
}

beforeAll(async () => {
  server = createServer((socket) => {
    socket.on("error", () => undefined);
    socket.on("data", (data) => {
      if (data[0] === PACKET_PRELOGIN) socket.write(preloginReply());
      else socket.end(loginRefused());
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  ({ port } = server.address() as AddressInfo);
});
afterAll(() => server.close());

async function refusalOf(parameters: string): Promise<string> {
  const address = parseSourceAddress(
    `mssql+pyodbc://u:${SECRET}@127.0.0.1:${port}/auth?driver=x&${parameters}`,
  );
  try {
    await openSource(address);
  } catch (error) {
    return (error as Error).message;
  }
  throw new Error("it was not refused");
}

it("a login that SQL Server refuses is told in its words, without the password", async () => {
  const refusal = await refusalOf("Encrypt=no");
  expect(refusal).toMatch(/it refuses this user or password\. Login failed for user 'u'/);
  expect(refusal).not.toContain(SECRET);
});

it("pages are asked for in each dialect, times as text", () => {
  const page = {
    table: "api_logs",
    columns: ["id", "user_name", "timestamp"],
    timeColumns: ["timestamp"],
    textColumns: ["user_name"],
    afterId: 7,
    limit: 100,
  };
  expect(selectPage("mssql", page)).toBe(
    "select top (100) [id], [user_name], convert(varchar(40), [timestamp], 121) as [timestamp] from [api_logs] where [id] > 7 order by [id]",
  );
  expect(selectPage("postgresql", page)).toBe(
    'select "id", "user_name", "timestamp"::text as "timestamp" from "api_logs" where "id" > 7 order by "id" limit 100',
  );
  expect(selectPage("mysql", page)).toBe(
    "select `id`, `user_name`, `timestamp` as `timestamp` from `api_logs` where `id` > 7 order by `id` limit 100",
  );
  expect(selectPage("sqlite", page)).toBe(
    'select "id", cast("user_name" as blob) as "user_name", "timestamp" as "timestamp" from "api_logs" where "id" > 7 order by "id" limit 100',
  );
  expect(selectCount("mssql", "api_logs")).toBe("select count(*) as [rows] from [api_logs]");
});
