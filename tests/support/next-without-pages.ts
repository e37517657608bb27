import type { IncomingMessage, ServerResponse } from "node:http";

/** Stands in for Next where a test needs the server but no pages: every request is a 404. */
export default function next() {
  return {
    prepare: () => Promise.resolve(),
    getRequestHandler: () => (_req: IncomingMessage, res: ServerResponse) => {
      res.writeHead(404).end();
    },
  };
}
