import type { LucideIcon } from "lucide-react";
import { useTranslations } from "next-intl";
import { LinkButton } from "@/components/ui/link-button";
import { EmptyState } from "@/components/ui/empty-state";
import { MainOnce } from "./main-once";

interface StatusPageProps {
  heading: string;
  title: string;
  description: string;
  icon?: LucideIcon;
}

/** Stands in for a page that cannot be opened. */
export function StatusPage({ heading, ...state }: StatusPageProps) {
  const t = useTranslations("pages");
  return (
    <MainOnce>
      <div>
        <h1 className="sr-only">{heading}</h1>
        <EmptyState {...state} actions={<LinkButton href="/">{t("startPage")}</LinkButton>} />
      </div>
    </MainOnce>
  );
}
