import { expect, test } from "vitest";
import { inEnglish } from "@/lib/english";
import { logonTypeText } from "@/lib/domain/events/logon-types";

test.each([
  [2, "At the computer"],
  [3, "Over the network"],
  [10, "Remote Desktop"],
  [99, "Logon type 99"],
  [-1, "Logon type -1"],
])("logon type %i reads %s", (type, words) => expect(inEnglish(logonTypeText(type))).toBe(words));
