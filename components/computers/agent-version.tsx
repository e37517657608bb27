import { ArrowUpCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import { Badge } from "@/components/ui/badge";

/** An agent's version, marked when the portal has a newer one. */
export function AgentVersion({ version, isOutdated }: { version: string | null; isOutdated: boolean }) {
  const t = useTranslations("computerHealth");
  if (version === null) return <span className="text-muted-foreground">{t("unknownVersion")}</span>;
  return (
    <span className="inline-flex items-center gap-1.5">
      <span className="tabular">{version}</span>
      {isOutdated && (
        <Badge variant="warning">
          <ArrowUpCircle aria-hidden />
          {t("outdated")}
        </Badge>
      )}
    </span>
  );
}
