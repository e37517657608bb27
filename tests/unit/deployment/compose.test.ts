import { existsSync } from "node:fs";
import path from "node:path";
import { Ajv } from "ajv";
import ipaddr from "ipaddr.js";
import { expect, test } from "vitest";
import { parse } from "yaml";
import { readProjectFile, root } from "../../support/dockerfile";

interface Service {
  hostname?: string;
  environment?: Record<string, string>;
  healthcheck?: { test: string[] };
  restart?: string;
  volumes?: string[];
  networks?: unknown;
  ports?: string[];
}
interface ComposeFile {
  services: Record<string, Service>;
  volumes: Record<string, unknown>;
  networks: Record<
    string,
    { internal?: boolean; ipam?: { config: { subnet: string; ip_range?: string }[] } }
  >;
}

const FILES = ["compose.yaml", "compose.traefik.yaml"];
const [base, overlay] = FILES.map((file) => parse(readProjectFile(file)) as ComposeFile) as [
  ComposeFile,
  ComposeFile,
];
const services = Object.entries({ ...overlay.services, ...base.services });

/** The schema that the Compose specification publishes (Apache-2.0), as the package dclint carries it. */
function composeChecker() {
  const schema = JSON.parse(readProjectFile("node_modules/dclint/schemas/compose.schema.json")) as object;
  const ajv = new Ajv({ strict: false, allErrors: true });
  // The one format it names is Docker's own duration.
  ajv.addFormat("duration", /^(\d+(\.\d+)?(us|ms|s|m|h))+$/);
  return ajv.compile({ ...schema, $schema: "http://json-schema.org/draft-07/schema#" });
}

test.each(FILES)("%s is what the Compose specification's own schema allows", (file) => {
  const check = composeChecker();
  check(parse(readProjectFile(file)));
  expect(check.errors).toBeNull();
});

test("the schema refuses a misspelt key and a wrong type, so passing it says something", () => {
  const check = composeChecker();
  expect(check({ services: { app: { image: "a", helthcheck: {} } } })).toBe(false);
  expect(check({ services: { app: { image: "a", ports: "8000" } } })).toBe(false);
});

test("every service has a health check, comes back after a restart, and runs without new privileges", () => {
  expect(services.map(([name]) => name).sort()).toEqual(["app", "postgres", "redis", "traefik"]);
  // The app's own check is part of its image.
  expect(services.filter(([, { healthcheck }]) => !healthcheck).map(([name]) => name)).toEqual(["app"]);
  for (const [, service] of services) {
    expect(service).toMatchObject({
      restart: "unless-stopped",
      security_opt: ["no-new-privileges:true"],
    });
  }
  expect(base.services.app).toMatchObject({ read_only: true, cap_drop: ["ALL"] });
});

test("databases are reached from inside alone, and plain HTTP is published for this machine only", () => {
  for (const name of ["postgres", "redis"]) {
    expect(base.services[name]).toMatchObject({ networks: ["backend"] });
    expect(base.services[name]!.ports).toBeUndefined();
  }
  expect(base.networks.backend!.internal).toBe(true);
  expect(base.services.app!.ports).toEqual(["${PUBLISH:-127.0.0.1:8000}:8000"]);
});

test("every variable that has no default is explained in the example of the env file", () => {
  const example = readProjectFile("deploy/compose.env.example");
  const wanted = FILES.flatMap((file) => [...readProjectFile(file).matchAll(/\$\{(\w+)(:\?|\})/g)]);
  expect(wanted.length).toBeGreaterThan(4);
  for (const [, name] of wanted) expect(example).toMatch(new RegExp(`^${name}=`, "m"));
});

test("no secret stands in a file of the project", () => {
  const example = readProjectFile("deploy/compose.env.example");
  for (const name of ["POSTGRES_PASSWORD", "AUTH_SECRET", "INITIAL_ADMIN_PASSWORD"]) {
    expect(example).toMatch(new RegExp(`^${name}=$`, "m"));
    for (const file of FILES) expect(readProjectFile(file)).not.toMatch(new RegExp(`${name}: [^$]`));
  }
});

test("volumes are declared, and files that are mounted exist", () => {
  const declared = { ...base.volumes, ...overlay.volumes };
  const sources = services.flatMap(([, { volumes = [] }]) => volumes.map((volume) => volume.split(":")[0]!));
  const isThere = (source: string) =>
    source.startsWith(".") ? existsSync(path.join(root, source)) : Object.hasOwn(declared, source);
  expect(sources.length).toBeGreaterThan(3);
  expect(sources.filter((source) => !isThere(source))).toEqual([]);
});

test("behind Traefik the app believes Traefik's address alone, which lies in the network they share", () => {
  const networks = overlay.services.traefik!.networks as { edge: { ipv4_address: string } };
  const address = networks.edge.ipv4_address;
  expect(overlay.services.app!.environment!.TRUSTED_PROXIES).toBe(address);
  const subnet = ipaddr.parseCIDR(overlay.networks.edge!.ipam!.config[0]!.subnet);
  expect(ipaddr.parse(address).match(subnet)).toBe(true);
  expect(base.services.app!.networks).toContain("edge");
  // Docker gives addresses from the subnet's beginning, and the portal starts before Traefik.
  const [range] = overlay.networks.edge!.ipam!.config.map((config) => config.ip_range);
  expect(ipaddr.parse(networks.edge.ipv4_address).match(ipaddr.parseCIDR(range!))).toBe(false);
});

test("Traefik sends everything to the port on which the app listens", () => {
  const { http } = parse(readProjectFile("deploy/traefik.yaml")) as {
    http: { services: { winauthmon: { loadBalancer: { servers: { url: string }[] } } } };
  };
  expect(http.services.winauthmon.loadBalancer.servers).toEqual([
    { url: `http://app:${base.services.app!.environment!.PORT}` },
  ]);
});

test("the app keeps its name when an update makes its container anew, since notifications of its disk go by that", () => {
  expect(base.services.app!.hostname).toBe("winauthmon");
});
