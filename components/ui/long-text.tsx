import { cn } from "./cn";

interface LongTextProps {
  text: string;
  className?: string;
}

/** How a name that others choose is held to a width in a table: cut on a wide screen, whole while it or its row has the focus. */
export const longTextClass =
  "max-md:wrap-anywhere md:block md:max-w-56 md:truncate 2xl:max-w-72 md:focus:wrap-anywhere md:focus:whitespace-normal md:group-focus/row:wrap-anywhere md:group-focus/row:whitespace-normal";

/** A text of any length in a table's cell; it never pushes other columns away. The whole is shown on hover and focus. */
export function LongText({ text, className }: LongTextProps) {
  return (
    <bdi title={text} className={cn(longTextClass, className)}>
      {text}
    </bdi>
  );
}
