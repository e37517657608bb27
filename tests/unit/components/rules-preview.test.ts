import { expect, it } from "vitest";
import { previewedFile } from "@/components/alerts/rules-preview";
import type { FormAction } from "@/lib/domain/form-result";
import type { RulesPreview } from "@/lib/services/detections/import-rules";
import { sourceFiles } from "../../support/source-files";

const PREVIEW: RulesPreview = { changed: [], unchanged: 3 };

function formOf(yaml: string): FormData {
  const form = new FormData();
  form.set("yaml", yaml);
  return form;
}

it("answers with the text that was previewed, also when another one is previewed meanwhile", async () => {
  const held: ((preview: RulesPreview) => void)[] = [];
  const action: FormAction<RulesPreview> = async () => ({
    status: "done",
    result: await new Promise<RulesPreview>((resolve) => held.push(resolve)),
  });
  const preview = previewedFile(action);
  const first = preview({ status: "idle" }, formOf("first"));
  const second = preview({ status: "idle" }, formOf("second"));
  for (const answer of held) answer(PREVIEW);
  expect((await first).result).toEqual({ preview: PREVIEW, yaml: "first" });
  expect((await second).result).toEqual({ preview: PREVIEW, yaml: "second" });
});

it("passes on what is wrong with the text", async () => {
  const refused = { status: "error", fieldErrors: { yaml: "Line 1" } } as const;
  expect(await previewedFile(async () => refused)({ status: "idle" }, formOf("?"))).toEqual(refused);
});

it("sends on what came back, and nothing that is read from the fields by then", () => {
  const results = [...sourceFiles(["components"])].flatMap(([name, text]) =>
    [...text.matchAll(/renderResult=\{([\s\S]*?)\n\s*\)\}\n|renderResult=\{(.*)\}$/gm)].map(([drawn]) => ({
      name,
      drawn,
    })),
  );
  expect(results.length).toBeGreaterThan(5);
  expect(results.filter(({ drawn }) => /\.current\b/.test(drawn))).toEqual([]);
});
