import http from "node:http";
import https from "node:https";

export interface Answer {
  status: number;
  text: string;
}

const agents = {
  "http:": new http.Agent({ keepAlive: true, maxSockets: 32 }),
  "https:": new https.Agent({ keepAlive: true, maxSockets: 32 }),
};

/**
 * One request from an address of this machine, such as 127.0.0.7 on Linux; an untrusted certificate will do.
 *
 * @throws Error when the connection ends before the answer has.
 */
export function requestFrom(
  localAddress: string,
  url: string,
  init: { method?: string; headers?: Record<string, string>; body?: Buffer | string } = {},
): Promise<Answer> {
  const { protocol } = new URL(url);
  const library = protocol === "https:" ? https : http;
  const { method = "GET", headers, body } = init;
  const agent = agents[protocol as keyof typeof agents];
  return new Promise((resolve, reject) => {
    const request = library.request(
      url,
      { method, headers, localAddress, agent, rejectUnauthorized: false },
      (response) => {
        let text = "";
        response.setEncoding("utf8");
        response.on("data", (chunk: string) => (text += chunk));
        response.on("end", () => resolve({ status: response.statusCode!, text }));
        response.on("error", reject);
      },
    );
    request.on("error", reject);
    request.end(body);
  });
}
