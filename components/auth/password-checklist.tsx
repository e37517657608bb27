import { Check, Circle } from "lucide-react";
import { useTranslations } from "next-intl";
import { checkPassword, type PasswordOwner, type PasswordPolicy } from "@/lib/domain/passwords";
import { cn } from "@/components/ui/cn";

interface PasswordChecklistProps {
  id: string;
  password: string;
  policy: PasswordPolicy;
  owner: PasswordOwner;
}

/** The rules of the settings, each ticked as soon as what is typed follows it. The server checks them again. */
export function PasswordChecklist({ id, password, policy, owner }: PasswordChecklistProps) {
  const t = useTranslations("passwordRules");
  return (
    <ul id={id} aria-label={t("title")} className="grid gap-1 text-sm">
      {checkPassword(password, policy, owner).map(({ rule, ok, values }) => {
        // An empty field breaks no rule yet that a person could do anything about.
        const isKept = password !== "" && ok;
        const Icon = isKept ? Check : Circle;
        return (
          <li key={rule} className={cn("flex gap-2", isKept ? "text-success-text" : "text-muted-foreground")}>
            <Icon aria-hidden className={cn("mt-0.5 size-4 shrink-0", !isKept && "p-0.5")} />
            <span>
              {t(rule, values)} <span className="sr-only">{isKept ? t("met") : t("notMet")}</span>
            </span>
          </li>
        );
      })}
    </ul>
  );
}
