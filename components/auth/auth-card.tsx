import type { ReactNode } from "react";
import { Logo } from "@/components/ui/logo";

interface AuthCardProps {
  title: string;
  description?: ReactNode;
  /** A link or a word below the card */
  footer?: ReactNode;
  children: ReactNode;
}

/** The frame of the sign-in family of pages: sign in, second factor, register, change password. */
export function AuthCard({ title, description, footer, children }: AuthCardProps) {
  return (
    <main className="flex min-h-dvh flex-col items-center justify-center gap-6 bg-muted/40 px-4 py-10">
      <Logo className="text-lg" />
      <section aria-labelledby="auth-title" className="w-full max-w-sm rounded-xl border bg-card p-6">
        <h1 id="auth-title" className="text-lg font-semibold tracking-tight">
          {title}
        </h1>
        {description && <div className="mt-1 text-sm text-muted-foreground">{description}</div>}
        <div className="mt-5">{children}</div>
      </section>
      {footer && <div className="max-w-sm text-center text-sm text-muted-foreground">{footer}</div>}
    </main>
  );
}
