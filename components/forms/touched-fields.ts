import { TOUCHED_FIELD } from "@/lib/domain/form-result";

/** The names of a form's fields that a person changed, until a form that has them is saved. */
export class TouchedFields {
  #names = new Set<string>();

  add(name: string): void {
    this.#names.add(name);
  }

  /** Notes in a form that is sent now or later which fields were touched until now. */
  hold(form: FormData): void {
    form.set(TOUCHED_FIELD, [...this.#names].join(" "));
    this.#names = new Set();
  }

  /** What a form would have saved is to be saved with the next one. */
  release(form: FormData): void {
    const held = String(form.get(TOUCHED_FIELD) ?? "").split(" ");
    this.#names = new Set([...held, ...this.#names].filter(Boolean));
  }
}
