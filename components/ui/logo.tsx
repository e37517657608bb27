import { cn } from "./cn";

/** The mark: a computer's screen with a pulse on it. Decoration beside the name. */
export function LogoMark({ className }: { className?: string }) {
  return (
    <svg viewBox="0 0 32 32" aria-hidden className={cn("size-7 shrink-0", className)}>
      <rect width="32" height="32" rx="7" className="fill-primary" />
      <g fill="none" stroke="#fff" strokeWidth="2.4" strokeLinecap="round" strokeLinejoin="round">
        <path d="M7 9.5h18v12H7z" />
        <path d="M12.5 25.5h7" />
        <path d="M10 16.2h3l1.8-3.4 2.6 5.6 1.7-2.2h2.9" />
      </g>
    </svg>
  );
}

export function Logo({ className }: { className?: string }) {
  return (
    <span className={cn("inline-flex items-center gap-2 text-base font-semibold tracking-tight", className)}>
      <LogoMark />
      WinAuthMon
    </span>
  );
}
