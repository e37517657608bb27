import { expect, it } from "vitest";
import { refusalResponse } from "@/lib/server/routes";

it("answers a program whose statement took too long that it may try again, and in words", async () => {
  const cause = Object.assign(new Error("canceling statement due to statement timeout"), { code: "57014" });
  const answer = await refusalResponse(new Error("Failed query", { cause }), "/api/v1/alerts/5", null, false);
  expect(answer.status).toBe(503);
  expect(answer.headers.get("Retry-After")).toBe("30");
  expect(await answer.json()).toMatchObject({
    message: "This search takes too long. Choose a shorter period or more filters.",
  });
});
