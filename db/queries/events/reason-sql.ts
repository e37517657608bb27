import { sql, type SQL } from "drizzle-orm";
import { FAILURE_KINDS, KIND_CODE } from "@/lib/domain/events/kinds";
import { FAILURE_TEXT, reasonText } from "@/lib/domain/failure-reasons";
import { wordText, type Reader } from "@/lib/domain/text";
import { csvText } from "@/lib/domain/reports/csv-text";
import { kindSql } from "../kind-sql";

/** What String.trim() takes away, which agents may have sent around a code. */
const BLANKS =
  "\t\n\v\f\r \u00a0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a\u2028\u2029\u202f\u205f\u3000\ufeff";

/**
 * Why event `e` failed, as a cell of a CSV file: the bytes that reasonText makes of its codes. Empty for what is no
 * failure.
 */
export function reasonCellSql(reader: Reader): SQL {
  const [subStatus, status] = [hexSql(sql`e.sub_status`), hexSql(sql`e.status`)];
  const [lockout, none] = ["lockout", "none"].map((name) => csvText(wordText(reasonText(name), reader)));
  const without = sql`case when e.kind = ${KIND_CODE.lockout} then ${lockout} else ${none} end`;
  return sql`case when ${kindSql("e.kind", FAILURE_KINDS)} then coalesce(
    ${wordsSql(subStatus, reader)}, ${wordsSql(status, reader)}, ${codeSql(subStatus, reader)},
    ${codeSql(status, reader)}, ${without}) else '' end`;
}

/** Stands in a text for what PostgreSQL fills in. */
export const PLACE = "{…}";

/** The eight hex digits of a code, in lower case; null for what is no code, and for success. */
function hexSql(text: SQL): SQL {
  const plain = sql`btrim(${text}, ${BLANKS})`;
  return sql`nullif(case
    when ${plain} ~* '^0x[0-9a-f]{1,8}$' then lpad(lower(substr(${plain}, 3)), 8, '0')
    when ${plain} ~* '^c[0-9a-f]{7}$' then lower(${plain})
    when ${plain} ~ '^-?[0-9]{1,10}$' and ${plain}::bigint between -2147483648 and 4294967295
      then lpad(to_hex(${plain}::bigint & 4294967295), 8, '0')
  end, '00000000')`;
}

function wordsSql(hex: SQL, reader: Reader): SQL {
  const cases = Object.entries(FAILURE_TEXT).map(
    ([code, key]) => sql`when ${code} then ${csvText(reader.translate(key))}`,
  );
  return sql`case ${hex} ${sql.join(cases, sql` `)} end`;
}

/** A code that has no words here. */
function codeSql(hex: SQL, reader: Reader): SQL {
  const words = csvText(reader.translate("failureReasons.windowsCode", { code: `0x${PLACE}` }));
  return sql`replace(${words}, ${PLACE}, upper(${hex}))`;
}
