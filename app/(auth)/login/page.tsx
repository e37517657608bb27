import type { Metadata } from "next";
import { Link } from "@/components/ui/link";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/auth/auth-card";
import { SignInForm } from "@/components/auth/sign-in-form";
import { safeReturnPath } from "@/lib/domain/safe-path";
import { currentUser } from "@/lib/server/guards";
import { canMailPersons } from "@/lib/services/mail/mail-pool";
import { readSettings } from "@/lib/services/settings/read-settings";
import { signInAction } from "./actions";

export const metadata: Metadata = { title: "Sign in" };

const NOTICES: Record<string, string> = {
  "password-set": "The new password is set. Sign in with it.",
  "session-over": "Your session has ended. Sign in again to go on.",
  "start-again": "The sign-in took too long or saw too many wrong codes. Start again.",
};

/** Ways on for whoever cannot sign in; without mail an administrator is the only one. */
function Help({ allowRegistration }: { allowRegistration: boolean }) {
  const hasMail = canMailPersons();
  if (!hasMail && !allowRegistration) return "Can't sign in? Ask your administrator.";
  return (
    <span className="flex flex-wrap justify-center gap-x-4 gap-y-1">
      {hasMail && (
        <Link href="/forgot-password" className="underline underline-offset-4">
          {"Can't sign in?"}
        </Link>
      )}
      {allowRegistration && (
        <span>
          No account?{" "}
          <Link href="/register" className="underline underline-offset-4">
            Register
          </Link>
        </span>
      )}
    </span>
  );
}

export default async function LoginPage({ searchParams }: PageProps<"/login">) {
  const { next, notice } = await searchParams;
  const returnPath = safeReturnPath(typeof next === "string" ? next : null);
  if (await currentUser()) redirect(returnPath);
  const { allowRegistration } = await readSettings();
  const footer = <Help allowRegistration={allowRegistration} />;
  return (
    <AuthCard title="Sign in" footer={footer}>
      <SignInForm
        action={signInAction}
        returnPath={returnPath}
        notice={typeof notice === "string" && Object.hasOwn(NOTICES, notice) ? NOTICES[notice] : undefined}
      />
    </AuthCard>
  );
}
