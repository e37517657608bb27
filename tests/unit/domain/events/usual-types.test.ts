import { readFileSync } from "node:fs";
import { expect, it } from "vitest";
import { classifyEventType, EVENT_KINDS, KIND_CODE } from "@/lib/domain/events/kinds";
import { storedEventType, USUAL_TYPE_BY_CODE } from "@/lib/domain/events/usual-types";

const LIST =
  "null,Logon,Unlock,RemoteConnect,Lock,RemoteDisconnect,Logoff,Sleep,Shutdown,Startup,Wake,LogonFailed,Lockout";

it("keeps the usual types as they are: stored events depend on them, and the view api_logs spells them out", () => {
  expect(USUAL_TYPE_BY_CODE.map(String).join(",")).toBe(LIST);
  expect(readFileSync("db/migrations/0032_usual_event_types.sql", "utf8")).toContain(`{${LIST}}`);
});

it("leaves out a type only where its kind tells it back", () => {
  for (const kind of EVENT_KINDS) {
    const usual = USUAL_TYPE_BY_CODE[KIND_CODE[kind]] ?? null;
    if (usual === null) continue;
    expect(classifyEventType(usual)).toBe(kind);
    expect(storedEventType(KIND_CODE[kind], usual)).toBeNull();
    expect(storedEventType(KIND_CODE[kind], usual.toLowerCase())).toBe(usual.toLowerCase());
  }
  expect(storedEventType(KIND_CODE.other, "PrinterJam")).toBe("PrinterJam");
  expect(storedEventType(KIND_CODE.other, "Logon")).toBe("Logon");
});
