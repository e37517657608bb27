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

/** In the page: its heading is React's, and no longer what the server sent of it, which has the title of its own. */
export function isHeadingAlive(): boolean {
  const heading = document.querySelector("h1");
  return heading !== null && Object.keys(heading).some((key) => key.startsWith("__react"));
}
