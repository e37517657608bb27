import { cn } from "./cn";

interface LongTextProps {
  text: string;
  className?: string;
}

/** A text of any length in a table's cell; it never pushes other columns away. The whole is shown on hover and focus. */
export function LongText({ text, className }: LongTextProps) {
  return (
    <bdi title={text} className={cn("long-text", className)}>
      {text}
    </bdi>
  );
}
