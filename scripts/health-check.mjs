import http from "node:http";
import https from "node:https";

// For a container's health check: exit code 0 while the server of this environment answers.
const { HOST, PORT, SSL_CERTFILE } = process.env;
const hostname = !HOST || HOST === "0.0.0.0" ? "127.0.0.1" : HOST === "::" ? "::1" : HOST;
const options = {
  hostname,
  port: PORT || 8000,
  path: "/api/health",
  timeout: 4_000,
  // It asks itself on its own machine, by an address that no certificate names.
  rejectUnauthorized: false,
};

/** Says why on standard error, which the container's runtime keeps. */
function fail(reason) {
  process.stderr.write(`${hostname}:${options.port} ${reason}\n`);
  process.exit(1);
}

const request = (SSL_CERTFILE ? https : http).get(options, (response) => {
  response.resume();
  if (response.statusCode === 200) process.exit(0);
  fail(`answered ${response.statusCode}`);
});
request.on("timeout", () => fail("did not answer within 4 seconds"));
request.on("error", (error) => fail(error.message));
