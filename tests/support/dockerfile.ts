import { existsSync, readFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";

/** The project's folder, which is also what an image is built from. */
export const root = fileURLToPath(new URL("../..", import.meta.url));

export interface Instruction {
  /** In capitals, such as COPY. */
  name: string;
  /** The rest of the line, continuations joined. */
  text: string;
  /** The name of the stage it stands in; the last stage has none. */
  stage: string;
}

export function readProjectFile(name: string): string {
  return readFileSync(path.join(root, name), "utf8");
}

/** The instructions of a Dockerfile in their order. */
export function parseDockerfile(text: string): Instruction[] {
  const lines = text
    .split("\n")
    .filter((line) => !line.trimStart().startsWith("#"))
    .join("\n")
    .replaceAll(/\\\n\s*/g, " ")
    .split("\n")
    .filter((line) => line.trim() !== "");
  let stage = "";
  return lines.map((line) => {
    const [, name, rest] = /^(\w+)\s+(.*)$/.exec(line)!;
    if (name === "FROM") stage = / AS (\S+)$/i.exec(rest!)?.[1] ?? "";
    return { name: name!, text: rest!, stage };
  });
}

/** Whether .dockerignore keeps the file from the build. It holds plain names and `*` within one folder only. */
export function isIgnoredByDocker(file: string): boolean {
  return readProjectFile(".dockerignore")
    .split("\n")
    .filter((line) => line !== "" && !line.startsWith("#"))
    .map((line) => new RegExp(`^${line.replaceAll(".", "\\.").replaceAll("*", "[^/]*")}(/|$)`))
    .some((rule) => rule.test(file));
}

/** Whether the build finds the file or folder: it is there, and not kept back. */
export function isInBuildContext(file: string): boolean {
  const plain = path.posix.normalize(file).replace(/\/$/, "");
  return existsSync(path.join(root, plain)) && !isIgnoredByDocker(plain);
}
