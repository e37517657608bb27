"use client";

import { useTranslations } from "next-intl";
import { RelativeTime } from "@/components/time/relative-time";
import { Link } from "@/components/ui/link";
import { useWords } from "@/components/ui/use-words";
import { NO_KEY_TEXT } from "@/lib/domain/no-package-key";
import type { PackageKeyView, PackageSite } from "@/lib/services/agent-package/package-key";

interface PackageKeyProps {
  companyId: number;
  apiKey: PackageSite["key"];
  /** The reader's. */
  zone: string;
}

/** Which key the site's package holds and until when it works, or what to do about it if there is none. */
export function PackageKey({ companyId, apiKey, zone }: PackageKeyProps) {
  const t = useTranslations("agentPackage");
  const word = useWords("agentPackage");
  if (typeof apiKey !== "string") return <HeldKey apiKey={apiKey} zone={zone} />;
  return (
    <>
      {word({ key: NO_KEY_TEXT[apiKey] })}{" "}
      <Link href={`/${companyId}/sites`} className="underline underline-offset-4">
        {t("goToSites")}
      </Link>
    </>
  );
}

function HeldKey({ apiKey, zone }: { apiKey: PackageKeyView; zone: string }) {
  const t = useTranslations("agentPackage");
  const { id, description, end, expiresAt } = apiKey;
  const name = description || t("keyNumber", { id: String(id) });
  return (
    <>
      {end === null
        ? t("heldKeyUnreadable", { name })
        : t.rich("heldKey", { name, end, code: (words) => <code className="font-mono">{words}</code> })}{" "}
      {expiresAt === null
        ? t("heldKeyStays")
        : t.rich("heldKeyEnds", { time: () => <RelativeTime at={expiresAt} zone={zone} /> })}
    </>
  );
}
