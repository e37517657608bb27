import { reasonText } from "@/lib/domain/notifications/reasons";
import type { Text } from "@/lib/domain/text";
import type { RunView, ScheduleView } from "@/lib/services/schedules/read-schedules";
import { storedText } from "@/lib/stored-text";

type Word = (text: string | Text) => string;

/** A schedule with the reason why it was stopped in the reader's language. */
export function wordSchedule(schedule: ScheduleView, word: Word): ScheduleView {
  const { stoppedReason } = schedule;
  return { ...schedule, stoppedReason: stoppedReason && word(reasonText(stoppedReason)) };
}

const STOPPED = /^Stopped: (.+)\.$/;

/** A run with its notes in the reader's language. */
export function wordRun(run: RunView, word: Word): RunView {
  const reason = run.note && STOPPED.exec(run.note)?.[1];
  const note: string | Text | null = reason
    ? { key: "schedules.stoppedBecause", values: { reason: reasonText(reason) } }
    : run.note && storedText(run.note);
  return {
    ...run,
    note: note && word(note),
    recipients: run.recipients.map((one) => ({ ...one, note: one.note && word(storedText(one.note)) })),
  };
}
