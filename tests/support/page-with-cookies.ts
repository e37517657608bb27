import type { Browser, Page } from "./journey";

/** An empty page of a browser that has the cookies, "name=value; other=value", for the server of the address. */
export async function openWithCookies(browser: Browser, url: string, cookies: string): Promise<Page> {
  const context = await browser.newContext({ baseURL: url });
  const given = cookies.split("; ").map((pair) => {
    const [name, ...value] = pair.split("=");
    return { name: name!, value: value.join("="), url };
  });
  await context.addCookies(given);
  return context.newPage();
}
