const SECRET_FIELD = /password|secret|token|code/i;

/** The form as a plain object; a name that stands more than once becomes a list. Files are left out. */
export function formValues(form: FormData): Record<string, string | string[]> {
  const values: [string, string | string[]][] = [];
  for (const name of new Set(form.keys())) {
    if (name.startsWith("$ACTION")) continue;
    const texts = form.getAll(name).filter((value) => typeof value === "string");
    if (texts.length > 0) values.push([name, texts.length === 1 ? texts[0]! : texts]);
  }
  return Object.fromEntries(values);
}

/** What was typed that a form may show again: no passwords, secrets, or codes. */
export function typedValues(form: FormData): Record<string, string> {
  const typed = Object.entries(formValues(form)).filter(
    (entry): entry is [string, string] => typeof entry[1] === "string" && !SECRET_FIELD.test(entry[0]),
  );
  return Object.fromEntries(typed);
}
