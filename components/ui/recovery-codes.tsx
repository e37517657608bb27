import { useTranslations } from "next-intl";
import { CopyButton } from "./copy-button";

/** Ten codes, shown once: to be copied or written down. */
export function RecoveryCodes({ codes }: { codes: readonly string[] }) {
  const t = useTranslations("ui");
  return (
    <div className="grid gap-3">
      <p className="text-sm text-muted-foreground">{t("recoveryCodesNote")}</p>
      <ul
        aria-label={t("recoveryCodes")}
        className="flex flex-wrap gap-x-8 gap-y-1 rounded-md border bg-muted/40 p-3 font-mono text-sm whitespace-nowrap"
      >
        {codes.map((code) => (
          <li key={code}>{code}</li>
        ))}
      </ul>
      <CopyButton value={codes.join("\n")} label={t("copyAllCodes")} hasText variant="outline" />
    </div>
  );
}
