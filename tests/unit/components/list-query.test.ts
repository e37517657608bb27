import { expect, it } from "vitest";
import { changed, stepped } from "@/components/lists/list-query";

it.each([
  ["another filter", "site=2&q=anna", { state: "open" }, "site=2&q=anna&state=open"],
  ["another value", "site=2", { site: "3" }, "site=3"],
  ["a filter less", "site=2&q=anna", { q: null }, "site=2"],
  ["an emptied search", "site=2&q=anna", { q: "" }, "site=2"],
  ["the first page again", "q=anna&after=b&back=a&page=3", { site: "2" }, "q=anna&site=2"],
  ["a page", "q=anna", { after: "b", back: "a", page: "3" }, "q=anna&after=b&back=a&page=3"],
])("makes an address of %s", (_, query, changes, expected) => {
  expect(changed(query, changes)).toBe(expected);
});

it.each([
  ["a company", "site=3&account=7&computer=9&range=7d", { only: "5" }, "range=7d&only=5"],
  ["another company", "only=4&site=3&q=anna", { only: "5" }, "only=5&q=anna"],
  ["all companies again", "only=5&site=3&q=anna", { only: null }, "q=anna"],
  ["what is chosen with it", "site=3", { only: "5", site: "6" }, "only=5&site=6"],
])("leaves out what is of one company with %s", (_, query, changes, expected) => {
  expect(changed(query, changes)).toBe(expected);
});

it.each([
  ["the page that is shown", "site=2", { site: null }, ""],
  ["a filter that is on its way", "site=2&state=open", { site: null }, "state=open"],
  ["one that is being taken away", "", { state: "open" }, "state=open"],
])("takes a step from %s", (_, base, changes, expected) => {
  expect(stepped(base, "site=2", changes)).toBe(expected);
});

it.each([
  ["the list that is shown", "q=anna", "q=anna&after=b&page=2"],
  ["it, pressed twice", "q=anna&after=b&page=2", "q=anna&after=b&page=2"],
  ["none where other filters are on their way", "q=anna&state=open", "q=anna&state=open"],
  ["none where a filter is being taken away", "", ""],
])("goes to a page of %s", (_, base, expected) => {
  expect(stepped(base, "q=anna", { after: "b", back: "", page: "2" })).toBe(expected);
});
