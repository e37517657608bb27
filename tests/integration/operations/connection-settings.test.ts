import { afterAll, expect, it } from "vitest";
import { closeDatabase, connectionPool, controlSql, ingestSql, reportPool } from "@/db/client";

afterAll(() => closeDatabase());

it("no connection has its queries compiled, whatever the server does for others", async () => {
  for (const pool of [connectionPool(), controlSql(), ingestSql(), reportPool()]) {
    const [told] = await pool`select setting, source from pg_settings where name = 'jit'`;
    expect(told).toEqual({ setting: "off", source: "client" });
  }
});
