import { register } from "node:module";

/** Bundlers import JSON as it stands; Node, which runs the journeys, asks for an attribute that Turbopack's loaders refuse. */
const HOOK = `export function load(url, context, next) {
  const isJson = url.endsWith(".json");
  return next(url, isJson ? { ...context, importAttributes: { type: "json" } } : context);
}`;

register(`data:text/javascript,${encodeURIComponent(HOOK)}`);
