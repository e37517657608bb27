import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";

interface NameLinkProps {
  href: string;
  /** As in `Link`. */
  onStep?: () => void;
  name: string;
  /** Beside the row's own name: a second line rather than a cut where the list is short of room. */
  isBeside?: boolean;
  className?: string;
}

/** A name that leads somewhere. A long one is cut on a wide screen, so that it never pushes other columns away. */
export function NameLink({ href, onStep, name, isBeside, className }: NameLinkProps) {
  return (
    <Link
      href={href}
      onStep={onStep}
      title={name}
      className={cn("text-link hover:underline", isBeside ? "long-words" : "long-text", className)}
    >
      <bdi>{name}</bdi>
    </Link>
  );
}
