import { userRoute } from "@/lib/server/routes";
import { readBell } from "@/lib/services/notifications/bell";

/** `GET /api/notifications/unread`: what the person has not read, for the bell's list. */
export const GET = userRoute(async (_, user) =>
  Response.json(await readBell(user.access.actor), { headers: { "Cache-Control": "no-store" } }),
);
