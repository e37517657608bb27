import { get } from "node:http";

export interface MeasuredAnswer {
  /** Milliseconds from the request until the first byte of the body, and until the last. */
  firstByte: number;
  complete: number;
  bytes: number;
}

/** Asks and reads the answer to its end without keeping it. @throws Error for any status but 200. */
export function measuredGet(port: number, path: string, apiKey: string): Promise<MeasuredAnswer> {
  const startedAt = performance.now();
  return new Promise((resolve, reject) => {
    const request = get({ host: "127.0.0.1", port, path, headers: { "X-API-Key": apiKey } }, (response) => {
      let firstByte = 0;
      let bytes = 0;
      let beginning = "";
      response.on("data", (chunk: Buffer) => {
        if (bytes === 0) {
          firstByte = performance.now() - startedAt;
          beginning = chunk.toString("utf8", 0, 500);
        }
        bytes += chunk.length;
      });
      response.on("error", reject);
      response.on("end", () => {
        if (response.statusCode === 200)
          resolve({ firstByte, complete: performance.now() - startedAt, bytes });
        else reject(new Error(`${path} was answered with ${response.statusCode}: ${beginning}`));
      });
    });
    request.on("error", reject);
  });
}
