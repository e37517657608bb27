import { randomBytes } from "node:crypto";
import type { RawSql } from "@/db/client";
import { seal } from "@/lib/secret-box";

export interface SoakKeys {
  /** Of each company's agents, and of the programs that read it. */
  agentKeys: string[];
  readKeys: string[];
  /** Of one more company that sends nothing else. */
  limitedKey: string;
}

/** Makes companies with one site each; the keys are sealed with this process's AUTH_SECRET. */
export async function makeSoakCompanies(sql: RawSql, companies: number): Promise<SoakKeys> {
  const keys: { agent: string; read: string }[] = [];
  for (let number = 0; number <= companies; number += 1) {
    const [agent, read] = [randomBytes(32).toString("hex"), randomBytes(32).toString("hex")];
    await sql`
      with made as (
        insert into app_auth_companies (name) values (${`Soak ${number}`}) returning id
      ), known as (
        insert into tenants select id from made
      ), placed as (
        insert into sites (company_id, name) select id, 'HO' from made returning company_id, id
      )
      insert into app_auth_api_keys (company_id, site_id, key_digest, key_encrypted, scopes)
      select company_id, id, sha256(convert_to(key, 'UTF8')), sealed, array[scope]
      from placed, unnest(array['ingest', 'read'], array[${agent}::text, ${read}::text],
        array[${seal(agent, "api-key")}::bytea, ${seal(read, "api-key")}::bytea]) as k (scope, key, sealed)`;
    keys.push({ agent, read });
  }
  const limited = keys.pop()!;
  return {
    agentKeys: keys.map(({ agent }) => agent),
    readKeys: keys.map(({ read }) => read),
    limitedKey: limited.agent,
  };
}
