import {
  countHoldings,
  findCompany,
  type CompanyHoldings,
  type CompanyRow,
} from "@/db/queries/companies/company";
import { countCompanies, listCompanies, type CompanyListRow } from "@/db/queries/companies/list-companies";
import { readWithin, type CompanyScope, type CompanyWriteScope } from "@/db/scope";
import { encodeNameCursor, type NameCursor } from "@/lib/domain/list-page";
import { AppError } from "@/lib/errors";

export type { CompanyHoldings };

export interface CompanySummary {
  id: number;
  name: string;
  description: string | null;
  /** IANA zone; null takes the portal's. */
  timeZone: string | null;
  /** Epoch milliseconds. */
  createdAt: number;
  eventCount: number;
  userCount: number;
  siteCount: number;
  lastEventAt: number | null;
}

export interface CompanyPage {
  companies: CompanySummary[];
  found: number;
  nextCursor: string | null;
}

const PAGE_ROWS = 50;

/** A page of the scope's companies by name. */
export async function readCompanies(
  scope: CompanyScope,
  search: string,
  after: NameCursor | null,
): Promise<CompanyPage> {
  const [rows, found] = await readWithin(scope, (tx) =>
    Promise.all([
      listCompanies(tx, scope, { search, after, limit: PAGE_ROWS + 1 }),
      countCompanies(tx, scope, search),
    ]),
  );
  const companies = rows.slice(0, PAGE_ROWS).map(summaryOf);
  const last = companies.at(-1);
  const nextCursor = rows.length > PAGE_ROWS && last ? encodeNameCursor(last) : null;
  return { companies, found, nextCursor };
}

const BATCH_ROWS = 100;

/** Every one of the scope's companies by name, as on the pages of `readCompanies`; each batch is read for itself. */
export async function* streamCompanies(
  scope: CompanyScope,
  search: string,
): AsyncGenerator<CompanySummary[]> {
  let after: NameCursor | null = null;
  do {
    const page: { search: string; after: NameCursor | null; limit: number } = {
      search,
      after,
      limit: BATCH_ROWS,
    };
    const rows = await readWithin(scope, (tx) => listCompanies(tx, scope, page));
    yield rows.map(summaryOf);
    after = rows.length === BATCH_ROWS ? (rows.at(-1) ?? null) : null;
  } while (after);
}

function summaryOf(row: CompanyListRow): CompanySummary {
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    timeZone: row.time_zone,
    createdAt: Number(row.created_ms),
    eventCount: row.event_count,
    userCount: row.user_count,
    siteCount: row.site_count,
    lastEventAt: row.last_event_ms === null ? null : Number(row.last_event_ms),
  };
}

/** One company's fields and what it holds. @throws AppError `not_found`. */
export async function readCompany(
  scope: CompanyWriteScope,
): Promise<{ company: CompanyRow; holdings: CompanyHoldings }> {
  return readWithin(scope, async (tx) => {
    const [company, holdings] = await Promise.all([findCompany(tx, scope), countHoldings(tx, scope)]);
    if (!company) throw new AppError("not_found", { key: "errors.companyNotFound" });
    return { company, holdings };
  });
}
