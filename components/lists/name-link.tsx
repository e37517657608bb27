import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";

interface NameLinkProps {
  href: string;
  /** As in `Link`. */
  onStep?: () => void;
  name: string;
  className?: string;
}

/** A name that leads somewhere. A long one is cut on a wide screen, so that it never pushes other columns away. */
export function NameLink({ href, onStep, name, className }: NameLinkProps) {
  return (
    <Link
      href={href}
      onStep={onStep}
      title={name}
      className={cn("text-link hover:underline", "long-text", className)}
    >
      <bdi>{name}</bdi>
    </Link>
  );
}
