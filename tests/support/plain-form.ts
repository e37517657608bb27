/** A page's form as the server sends it, before React takes it over, to be sent without a browser. */
export interface PlainForm {
  url: string;
  fields: Record<string, string>;
}

const HIDDEN = /<input type="hidden"[^>]*?name="([^"]+)"(?:[^>]*?value="([^"]*)")?/g;

/** The first form of the page that has the named field; its hidden fields carry React's name for the action. */
export async function readPlainForm(url: string, fieldName: string, cookie = ""): Promise<PlainForm> {
  return findPlainForm(url, await (await fetch(url, { headers: { cookie } })).text(), fieldName);
}

/** The same of a page that was fetched already. */
export function findPlainForm(url: string, html: string, fieldName: string): PlainForm {
  const form = html.split("<form").find((part) => part.includes(`name="${fieldName}"`));
  if (!form) throw new Error(`${url} has no form with a field ${fieldName}.`);
  const fields = [...form.matchAll(HIDDEN)].map(
    ([, name, value]) => [name!, (value ?? "").replaceAll("&quot;", '"').replaceAll("&amp;", "&")] as const,
  );
  return { url, fields: Object.fromEntries(fields) };
}

/** Sends the form from the portal's own origin; redirects are not followed. */
export async function sendPlainForm(
  form: PlainForm,
  values: Record<string, string>,
  headers: Record<string, string> = {},
): Promise<{ status: number; text: string; cookies: string[] }> {
  const response = await fetch(form.url, {
    method: "POST",
    body: plainFormBody(form, values),
    headers: { Origin: new URL(form.url).origin, ...headers },
    redirect: "manual",
  });
  return {
    status: response.status,
    text: await response.text(),
    cookies: response.headers.getSetCookie(),
  };
}

/** What a browser would send for the form. */
export function plainFormBody(form: PlainForm, values: Record<string, string>): FormData {
  const body = new FormData();
  for (const [name, value] of Object.entries({ ...form.fields, ...values })) body.set(name, value);
  return body;
}
