import { formatDuration } from "./format";

/** "7 h 32 min" of whole seconds, with the machine-readable length. */
export function Duration({ seconds, className }: { seconds: number; className?: string }) {
  // Where it takes two lines, no number stands apart from its unit.
  const [first, second] = formatDuration(seconds).split(/ (?=\d+ \D+$)/);
  return (
    <time dateTime={`PT${Math.max(0, Math.round(seconds))}S`} className={className}>
      <span className="whitespace-nowrap">{first}</span>
      {second !== undefined && (
        <>
          {" "}
          <span className="whitespace-nowrap">{second}</span>
        </>
      )}
    </time>
  );
}
