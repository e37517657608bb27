import { alertPatch } from "@/lib/domain/detections/alert-form";
import { alertColumns } from "@/lib/domain/reports/alerts";
import { jsonInstant, jsonRows } from "@/lib/export/json";
import { narrowToCompany } from "@/lib/services/access/read-access";
import { keyActor, type CompanyContext } from "@/lib/services/context";
import { patchAlert } from "@/lib/services/detections/patch-alert";
import { readAlert, type AlertScreen } from "@/lib/services/detections/read-alert";
import { invalid } from "@/lib/services/tables/parse-params";
import { assertSameOrigin } from "../actions";
import { refusalResponse } from "../routes";
import { rowIdOf } from "../search-params";
import { authoriseReader, type Reader } from "./authorise";
import { readJsonBody } from "./json-body";

/** Answers one alert to a session or a key with scope read. Errors answer as JSON with their status. */
export function answerAlert(request: Request, alertId: string): Promise<Response> {
  return answer(request, "read", async (reader) => alertResponse(reader, contextOf(reader), alertId));
}

/** Changes an alert as the JSON body says, for a session that may or a key with scope manage, and answers it. */
export function changeAlert(request: Request, alertId: string): Promise<Response> {
  return answer(request, "manage", async (reader) => {
    if (reader.isSession) await assertSameOrigin();
    const parsed = alertPatch.safeParse(await readJsonBody(request));
    if (!parsed.success) {
      throw invalid(
        parsed.error.issues.map(({ path, message }) => ({ field: String(path[0] ?? "body"), message })),
      );
    }
    const context = contextOf(reader);
    await patchAlert(context, rowIdOf(alertId), parsed.data);
    return alertResponse(reader, context, alertId);
  });
}

async function answer(
  request: Request,
  needed: "read" | "manage",
  work: (reader: Reader) => Promise<Response>,
): Promise<Response> {
  const { searchParams, pathname } = new URL(request.url);
  let reader: Reader | undefined;
  try {
    reader = await authoriseReader(request, searchParams.get("company"), needed);
    return await work(reader);
  } catch (error) {
    return refusalResponse(error, pathname, reader?.audit ?? null, !request.headers.has("x-api-key"));
  }
}

function contextOf({ company, scope, actor, audit }: Reader): CompanyContext {
  const own = company && narrowToCompany(scope, company.id);
  if (!own) throw invalid([{ field: "company", message: "must be one company; ids are those of a company" }]);
  return { actor: actor ?? keyActor(own.companyId), audit, scope: own };
}

async function alertResponse(reader: Reader, context: CompanyContext, alertId: string): Promise<Response> {
  const screen = await readAlert(context, rowIdOf(alertId));
  const body = { company: reader.company, alert: alertJson(screen) };
  return Response.json(body, { headers: { "Cache-Control": "no-store", ...reader.headers } });
}

const COLUMNS = alertColumns(null);

/** As a row of the list with all its columns, and with what was done. */
function alertJson({ alert, history }: AlertScreen): object {
  const cells = COLUMNS.map((column) => column.value(alert));
  const done = history.map(({ at, user, state, assignedTo, comment }) => ({
    at: jsonInstant(at),
    by: user,
    state,
    ...(assignedTo !== null && { assignee: assignedTo || null }),
    comment,
  }));
  return { ...jsonRows(COLUMNS, [cells])[0], history: done };
}
