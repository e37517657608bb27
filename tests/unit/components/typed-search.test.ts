import { expect, it } from "vitest";
import {
  startTyping,
  withArrived,
  withSent,
  withTakenAway,
  withTyped,
} from "@/components/lists/typed-search";

it("keeps a blank that was typed before a pause", () => {
  const paused = withArrived(withSent(withTyped(startTyping(""), "anna "), "anna"), "anna");
  expect(paused.typed).toBe("anna ");
  const grown = withSent(withTyped(paused, `${paused.typed}smith`), "anna smith");
  expect(withArrived(grown, "anna smith").typed).toBe("anna smith");
});

it("keeps letters that were typed while the page of the earlier ones loads", () => {
  const sent = withSent(withTyped(startTyping(""), "an"), "an");
  expect(withArrived(withTyped(sent, "anna"), "an").typed).toBe("anna");
});

it.each([
  ["both arrive", ["an", "anna"]],
  ["the first is overtaken by the second", ["anna"]],
])("keeps the text when %s", (_, arrivals) => {
  let state = withSent(withTyped(startTyping(""), "an"), "an");
  state = withTyped(withSent(withTyped(state, "anna"), "anna"), "anna s");
  for (const value of arrivals) state = withArrived(state, value);
  expect(state).toEqual({ typed: "anna s", known: "anna", sent: [] });
});

it("takes over a search that comes by going back or clearing the filters, also one that it sent before", () => {
  const arrived = withArrived(withSent(withTyped(startTyping("bob"), "anna"), "anna"), "anna");
  const back = withArrived(arrived, "bob");
  expect(back.typed).toBe("bob");
  expect(withArrived(back, "anna").typed).toBe("anna");
  expect(withArrived(arrived, "").typed).toBe("");
});

it("doesn't wait for a search that the address has already", () => {
  const again = withSent(withTyped(startTyping("anna"), "anna "), "anna");
  const cleared = withArrived(withTyped(again, "anna s"), "");
  expect(withArrived(cleared, "anna").typed).toBe("anna");
});

it.each([
  ["was typed", withTyped(startTyping(""), "anna")],
  ["is on its way", withSent(withTyped(startTyping(""), "anna"), "anna")],
])("is empty at once when a search is taken away that %s, which no address tells", (_, state) => {
  expect(withTakenAway(state)).toEqual({ typed: "", known: "", sent: [] });
});

it("keeps letters that are typed after a search was taken away", () => {
  const typed = withTyped(withTakenAway(startTyping("anna")), "b");
  expect(withArrived(typed, "")).toEqual({ typed: "b", known: "", sent: [] });
});
