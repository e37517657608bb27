import { useTranslations } from "next-intl";
import { getTranslations } from "next-intl/server";
import { redirect } from "next/navigation";
import { AuthCard } from "@/components/auth/auth-card";
import { SignInForm } from "@/components/auth/sign-in-form";
import { EndExports } from "@/components/exports/end-exports";
import { Link } from "@/components/ui/link";
import { Texts } from "@/components/ui/texts";
import { safeReturnPath } from "@/lib/domain/safe-path";
import { currentUser } from "@/lib/server/guards";
import { pageTitle } from "@/lib/server/texts/page-title";
import { canMailPersons } from "@/lib/services/mail/mail-pool";
import { readSettings } from "@/lib/services/settings/read-settings";
import { signInAction } from "./actions";

export const generateMetadata = pageTitle("signIn.title");

const NOTICES = {
  "password-set": "passwordSet",
  "session-over": "sessionOver",
  "start-again": "startAgain",
} as const;

function isNotice(text: unknown): text is keyof typeof NOTICES {
  return typeof text === "string" && Object.hasOwn(NOTICES, text);
}

/** Help for users who can't sign in; without mail only an administrator can help. */
function Help({ allowRegistration }: { allowRegistration: boolean }) {
  const t = useTranslations("signIn");
  const hasMail = canMailPersons();
  if (!hasMail && !allowRegistration) return t("helpNoMail");
  return (
    <span className="flex flex-wrap justify-center gap-x-4 gap-y-1">
      {hasMail && (
        <Link href="/forgot-password" className="underline underline-offset-4">
          {t("help")}
        </Link>
      )}
      {allowRegistration && (
        <span>
          {t.rich("noAccount", {
            link: (words) => (
              <Link href="/register" className="underline underline-offset-4">
                {words}
              </Link>
            ),
          })}
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
  const t = await getTranslations("signIn");
  return (
    <Texts of={["signIn"]}>
      <EndExports />
      <AuthCard title={t("title")} footer={<Help allowRegistration={allowRegistration} />}>
        <SignInForm
          action={signInAction}
          returnPath={returnPath}
          notice={isNotice(notice) ? t(NOTICES[notice]) : undefined}
        />
      </AuthCard>
    </Texts>
  );
}
