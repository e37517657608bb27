import { expect, test } from "vitest";
import { logonTypeWords } from "@/lib/domain/events/logon-types";

test.each([
  [2, "At the computer"],
  [3, "Over the network"],
  [10, "Remote Desktop"],
  [99, "Logon type 99"],
  [-1, "Logon type -1"],
])("logon type %i reads %s", (type, words) => expect(logonTypeWords(type)).toBe(words));
