const SECRET_FIELD = /password|secret|token|code/i;

/**
 * The form as a plain object; a name that stands more than once becomes a list. Files are left out. Reads the fields
 * once: a form of a mebibyte has thousands, and to ask for each by its name would look at all of them each time.
 */
export function formValues(form: FormData): Record<string, string | string[]> {
  const texts = new Map<string, string[]>();
  for (const [name, value] of form.entries()) {
    if (name.startsWith("$ACTION") || typeof value !== "string") continue;
    const given = texts.get(name);
    if (given) given.push(value);
    else texts.set(name, [value]);
  }
  return Object.fromEntries(
    [...texts].map(([name, given]) => [name, given.length === 1 ? given[0]! : given]),
  );
}

/** What was typed that a form may show again: no passwords, secrets, or codes. */
export function typedValues(form: FormData): Record<string, string> {
  const typed = Object.entries(formValues(form)).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && !SECRET_FIELD.test(entry[0]),
  );
  return Object.fromEntries(typed);
}
