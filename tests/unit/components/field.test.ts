import { type ComponentProps, createElement } from "react";
import { renderToStaticMarkup } from "react-dom/server";
import { expect, it } from "vitest";
import { Field } from "@/components/ui/field";

it("gives each control a name, description and error of its own, also where two forms have fields alike", () => {
  const field = (key: string) => {
    const props: ComponentProps<typeof Field> = {
      label: `Comment ${key}`,
      description: `Note ${key}`,
      error: `Wrong ${key}`,
      children: (control) => createElement("input", { ...control, name: "comment" }),
    };
    return createElement(Field, { key, ...props });
  };
  const markup = renderToStaticMarkup(createElement("div", null, field("one"), field("two")));
  const textOf = (id: string) =>
    new RegExp(`(?:id|for)="${id}"[^>]*>(?:<svg.*?</svg>)?(?:<[^>]+>)*([^<]+)`).exec(markup)?.[1];
  const inputs = [...markup.matchAll(/<input id="([^"]+)" aria-describedby="([^"]+) ([^"]+)"/g)];
  expect(inputs.map(([, ...ids]) => ids.map(textOf))).toEqual([
    ["Comment one", "Note one", "Wrong one"],
    ["Comment two", "Note two", "Wrong two"],
  ]);
});
