import { cn } from "./cn";

interface LongTextProps {
  text: string;
  /** Words that are not a name: a second line rather than a cut where the list is short of room. */
  isWords?: boolean;
  className?: string;
}

/** A text of any length in a table's cell; it never pushes other columns away. The whole is shown on hover and focus. */
export function LongText({ text, isWords, className }: LongTextProps) {
  return (
    <bdi title={text} className={cn(isWords ? "long-words" : "long-text", className)}>
      {text}
    </bdi>
  );
}
