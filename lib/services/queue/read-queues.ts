import { measureQueues, type QueueFigures, type QueueName } from "@/db/queries/global/queue";

const QUEUES: readonly QueueName[] = [
  "jobs",
  "messages",
  "deliveries",
  "mail-deliveries",
  "mail",
  "schedules",
];

/** How full every queue is, empty ones too. */
export async function readQueues(): Promise<QueueFigures[]> {
  const found = new Map((await measureQueues()).map((figures) => [figures.queue, figures]));
  return QUEUES.map(
    (queue) => found.get(queue) ?? { queue, entries: 0, waiting: 0, running: 0, oldestSeconds: 0 },
  );
}
