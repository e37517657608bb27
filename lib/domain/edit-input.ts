import { z } from "zod";
import { TOUCHED_FIELD } from "./form-result";
import { issue } from "./text";

type OutputOf<Shape extends z.ZodRawShape> = { [Name in keyof Shape]: z.output<Shape[Name]> };

/** The names of fields that a form shows only for some choices of another one, with that one's name. */
type ShownBy<Fields> = { readonly [Name in keyof Fields]?: keyof Fields };

/**
 * What a form sends that changes something stored: `keys` name it, and of `fields` only those come out that the
 * person has touched. The form shows the rest as it was when the page was loaded, and someone else may have
 * changed that meanwhile.
 *
 * A field that is shown by another comes out with that one as well, as it stands in the form; and not at all when it
 * is hidden in the end.
 */
export function editOf<Keys extends z.ZodRawShape, Fields extends z.ZodRawShape>(
  keys: Keys,
  fields: Fields,
  shownBy: ShownBy<Fields> = {},
) {
  type Output = OutputOf<Keys> & Partial<OutputOf<Fields>>;
  const named = z.object({
    ...keys,
    [TOUCHED_FIELD]: z.string(issue("errors.pageStale")),
  });
  return z.record(z.string(), z.unknown()).transform((given, context): Output => {
    const head = named.safeParse(given);
    const output: Record<string, unknown> = { ...head.data };
    const issues = (head.error?.issues ?? []).map(({ path, message }) => ({ path, message }));
    for (const name of chosenOf(given, Object.keys(fields), shownBy)) {
      const parsed = z.safeParse(fields[name]!, given[name]);
      if (parsed.success) output[name] = parsed.data;
      else issues.push(...parsed.error.issues.map(({ message }) => ({ path: [name], message })));
    }
    for (const { path, message } of issues) {
      const isOfPage = path[0] === TOUCHED_FIELD;
      context.addIssue({ code: "custom", path: isOfPage ? [] : path, message });
    }
    delete output[TOUCHED_FIELD];
    return output as Output;
  });
}

function chosenOf(
  given: Record<string, unknown>,
  names: readonly string[],
  shownBy: { readonly [name: string]: PropertyKey | undefined },
): string[] {
  const touched = new Set<PropertyKey>(String(given[TOUCHED_FIELD] ?? "").split(" "));
  return names.filter((name) => {
    const by = shownBy[name];
    if (by === undefined) return touched.has(name);
    return given[name] !== undefined && (touched.has(name) || touched.has(by));
  });
}
