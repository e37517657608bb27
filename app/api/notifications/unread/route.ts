import { formatDateTime } from "@/components/time/format";
import { userRoute } from "@/lib/server/routes";
import { getWords } from "@/lib/server/texts/words";
import { readBell } from "@/lib/services/notifications/bell";
import { readSettings } from "@/lib/services/settings/read-settings";

/** `GET /api/notifications/unread`: what the person has not read, in the person's words, for the bell's list. */
export const GET = userRoute(async (_, { access, session }) => {
  const [bell, word] = await Promise.all([readBell(access.actor), getWords()]);
  const zone = session.timeZone ?? (await readSettings()).timeZone;
  const lines = bell.lines.map((one) => ({
    ...one,
    line: word(one.line, (at) => formatDateTime(at, zone, "minute")),
  }));
  return Response.json({ ...bell, lines }, { headers: { "Cache-Control": "no-store" } });
});
