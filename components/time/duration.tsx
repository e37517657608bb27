import { formatDuration } from "./format";

/** "7 h 32 min" of whole seconds, with the machine-readable length. */
export function Duration({ seconds, className }: { seconds: number; className?: string }) {
  return (
    <time dateTime={`PT${Math.max(0, Math.round(seconds))}S`} className={className}>
      {formatDuration(seconds)}
    </time>
  );
}
