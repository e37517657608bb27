import { expect, it } from "vitest";
import { TouchedFields } from "@/components/forms/touched-fields";
import { hasPassed } from "@/components/live/use-refresh-past";
import { TOUCHED_FIELD } from "@/lib/domain/form-result";

const sent = (form: FormData) => form.get(TOUCHED_FIELD);

/** A form of a company's settings in which the retention was changed. */
function changed() {
  const [touched, form] = [new TouchedFields(), new FormData()];
  touched.add("eventRetentionDays");
  touched.add("name");
  touched.add("name");
  touched.hold(form);
  return { touched, form };
}

it("saves what was touched until the form was held, and what is typed while it waits with the next one", () => {
  const { touched, form } = changed();
  touched.add("description");
  expect(sent(form)).toBe("eventRetentionDays name");
  const next = new FormData();
  touched.hold(next);
  expect(sent(next)).toBe("description");
});

it("saves what a form that was given up has touched with the next one, beside what was typed since", () => {
  const { touched, form } = changed();
  touched.add("description");
  touched.release(form);
  const next = new FormData();
  touched.hold(next);
  expect(sent(next)).toBe("eventRetentionDays name description");
});

it("takes nothing back from a form that held nothing", () => {
  const touched = new TouchedFields();
  touched.release(new FormData());
  const form = new FormData();
  touched.hold(form);
  touched.release(form);
  touched.hold(form);
  expect(sent(form)).toBe("");
});

it.each([
  ["none is awaited", [null], false],
  ["none has come", [11, null, 12], false],
  ["one comes now", [11, 10], true],
  ["one has passed", [null, 9, 12], true],
  ["there are none", [], false],
])("reads a page again that counts down to times when %s: %j", (_, times, isPast) => {
  expect(hasPassed(times, 10)).toBe(isPast);
});
