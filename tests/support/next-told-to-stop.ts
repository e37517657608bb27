/** Stands in for a Next that is still preparing its pages when the server is stopped. */
export default function next() {
  return {
    prepare: () => {
      process.kill(process.pid, "SIGTERM");
      return new Promise<never>(() => undefined);
    },
    getRequestHandler: () => () => undefined,
  };
}
