import { z } from "zod";
import { TOUCHED_FIELD } from "./form-result";
import { issue } from "./text";

type OutputOf<Shape extends z.ZodRawShape> = { [Name in keyof Shape]: z.output<Shape[Name]> };

const edits = new WeakSet<z.ZodType>();

/**
 * What a form sends that changes something stored: `keys` name it, and of `fields` only those come out that the
 * person has touched. The form shows the rest as it was when the page was loaded, and someone else may have
 * changed that meanwhile.
 */
export function editOf<Keys extends z.ZodRawShape, Fields extends z.ZodRawShape>(keys: Keys, fields: Fields) {
  type Output = OutputOf<Keys> & Partial<OutputOf<Fields>>;
  const named = z.object({
    ...keys,
    [TOUCHED_FIELD]: z.string(issue("errors.pageStale")),
  });
  const schema = z.record(z.string(), z.unknown()).transform((given, context): Output => {
    const head = named.safeParse(given);
    const output: Record<string, unknown> = { ...head.data };
    const issues = (head.error?.issues ?? []).map(({ path, message }) => ({ path, message }));
    for (const name of String(given[TOUCHED_FIELD] ?? "").split(" ")) {
      if (!Object.hasOwn(fields, name)) continue;
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
  edits.add(schema);
  return schema;
}

/** Whether the schema takes nothing that the person has not touched. */
export function isEdit(schema: z.ZodType): boolean {
  return edits.has(schema);
}
