import { execFile, spawn, type ChildProcess } from "node:child_process";
import { existsSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { connect } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { readProjectFile } from "./dockerfile";
import { freePort } from "./free-port";

export interface TestNginx {
  /** https, with an untrusted certificate. */
  port: number;
  stop(): Promise<void>;
}

const MISSING = "These tests need nginx: apt-get install -y nginx";

/** Debian keeps it where only root looks. */
function nginxProgram(): string {
  return ["/usr/sbin/nginx", "/usr/local/sbin/nginx"].find((file) => existsSync(file)) ?? "nginx";
}

function run(program: string, args: string[]): Promise<{ code: number | string; said: string }> {
  return new Promise((resolve) => {
    execFile(program, args, (error, out, err) =>
      resolve({ code: error ? (error.code ?? 1) : 0, said: `${out}${err}` }),
    );
  });
}

interface Ports {
  http: number;
  https: number;
  servers: [number, number];
}

/** Replaces what an administrator would, each once. @throws Error when the sample no longer holds it. */
function fillIn(folder: string, { http, https, servers }: Ports): string {
  const changes: [string, string][] = [
    ["127.0.0.1:8001", `127.0.0.1:${servers[0]}`],
    ["127.0.0.1:8002", `127.0.0.1:${servers[1]}`],
    ["listen 80;", `listen 127.0.0.1:${http};`],
    ["listen 443 ssl http2;", `listen 127.0.0.1:${https} ssl http2;`],
    ["/etc/ssl/winauthmon/cert.pem", path.join(folder, "cert.pem")],
    ["/etc/ssl/winauthmon/key.pem", path.join(folder, "key.pem")],
  ];
  return changes.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`deploy/nginx.conf does not hold "${from}".`);
    return text.replace(from, to);
  }, readProjectFile("deploy/nginx.conf"));
}

/** A folder with deploy/nginx.conf inside a whole configuration, as Debian's own includes it. */
async function layOut(ports: Ports): Promise<{ folder: string; config: string }> {
  const folder = await mkdtemp(path.join(tmpdir(), "winauthmon-nginx-"));
  await mkdir(path.join(folder, "temp"));
  const files = `-keyout ${folder}/key.pem -out ${folder}/cert.pem`;
  const curve = "-newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes";
  const options = `req -x509 ${curve} -days 2 -subj /CN=winauthmon.example.com ${files}`;
  const made = await run("openssl", options.split(" "));
  if (made.code !== 0) throw new Error(`openssl made no certificate: ${made.said}`);
  await writeFile(path.join(folder, "winauthmon.conf"), fillIn(folder, ports));
  const config = path.join(folder, "nginx.conf");
  const temporary = ["client_body", "proxy", "fastcgi", "uwsgi", "scgi"].map(
    (name) => `${name}_temp_path ${folder}/temp/${name};`,
  );
  await writeFile(
    config,
    `daemon off; worker_processes 1; pid ${folder}/nginx.pid; error_log stderr warn;
${process.geteuid?.() === 0 ? "user root;" : ""}
events { worker_connections 1024; }
http { access_log off; ${temporary.join(" ")} include ${folder}/winauthmon.conf; }
`,
  );
  return { folder, config };
}

const remove = (folder: string) => rm(folder, { recursive: true, force: true });

/** What `nginx -t` says of the sample with its paths and ports filled in. @throws Error when there is no nginx. */
export async function checkNginxSample(): Promise<{ code: number | string; said: string }> {
  const ports: Ports = { http: await freePort(), https: await freePort(), servers: [8001, 8002] };
  const { folder, config } = await layOut(ports);
  const result = await run(nginxProgram(), ["-t", "-c", config, "-p", folder]);
  await remove(folder);
  if (result.code === "ENOENT") throw new Error(MISSING);
  return result;
}

/** Starts nginx with deploy/nginx.conf in front of two servers. @throws Error telling how to get one when there is none. */
export async function startNginx(servers: [number, number]): Promise<TestNginx> {
  const ports: Ports = { http: await freePort(), https: await freePort(), servers };
  const { folder, config } = await layOut(ports);
  const child = spawn(nginxProgram(), ["-c", config, "-p", folder], { stdio: ["ignore", "ignore", "pipe"] });
  let said = "";
  child.stderr.on("data", (chunk: Buffer) => (said += String(chunk)));
  const exited = new Promise<void>((resolve) => {
    child.once("exit", () => resolve());
    child.once("error", (error: NodeJS.ErrnoException) => {
      said += error.code === "ENOENT" ? MISSING : error.message;
      resolve();
    });
  });
  await waitForPort(ports.https, child, () => said);
  const stop = async () => {
    child.kill("SIGTERM");
    await exited;
    await remove(folder);
  };
  return { port: ports.https, stop };
}

async function waitForPort(port: number, child: ChildProcess, said: () => string): Promise<void> {
  for (;;) {
    if (child.pid === undefined || child.exitCode !== null) throw new Error(`nginx did not start: ${said()}`);
    const isOpen = await new Promise<boolean>((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true)).once("error", () => resolve(false));
      socket.once("connect", () => socket.destroy());
    });
    if (isOpen) return;
    await delay(50);
  }
}
