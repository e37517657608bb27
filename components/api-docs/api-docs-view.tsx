import { FileJson } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { PageHeader } from "@/components/layout/page-header";
import { PortalAddressNote } from "@/components/layout/portal-address";
import { Button } from "@/components/ui/button";
import { TitledCard } from "@/components/ui/card";
import type { GuideGroup } from "@/lib/domain/api-guide";
import { OperationCard } from "./operation-card";

interface ApiDocsViewProps {
  groups: readonly GuideGroup[];
  /** The portal's public address; null while it isn't set. */
  serverUrl: string | null;
  companies: readonly { id: number; name: string }[];
}

/** The API by its operations: what each takes and answers, a line for the shell, and a way to try it. */
export function ApiDocsView({ groups, serverUrl, companies }: ApiDocsViewProps) {
  const t = useTranslations("apiGuide");
  const nav = useTranslations("nav");
  return (
    <>
      <PageHeader
        title={nav("api")}
        description={t("note")}
        actions={
          <Button asChild variant="outline" size="sm">
            <a href="/api/v1/openapi.json" target="_blank" rel="noreferrer">
              <FileJson aria-hidden />
              {t("openApi")}
            </a>
          </Button>
        }
      />
      <PortalAddressNote publicUrl={serverUrl} />
      <div className="grid items-start gap-4 xl:grid-cols-[minmax(0,1fr)_15rem]">
        <div className="grid min-w-0 gap-6">
          <HowTo />
          {groups.map((group) => (
            <section key={group.name} aria-labelledby={`group-${group.name}`} className="grid min-w-0 gap-3">
              <div>
                <h2 id={`group-${group.name}`} className="scroll-mt-16 text-lg font-semibold">
                  {group.name}
                </h2>
                <p className="text-sm text-muted-foreground">{group.description}</p>
              </div>
              {group.operations.map((operation) => (
                <OperationCard
                  key={operation.id}
                  operation={operation}
                  serverUrl={serverUrl}
                  companies={companies}
                />
              ))}
            </section>
          ))}
        </div>
        <OperationIndex groups={groups} />
      </div>
    </>
  );
}

function HowTo() {
  const t = useTranslations("apiGuide");
  const code = (words: ReactNode) => <code className="font-mono text-xs">{words}</code>;
  return (
    <TitledCard title={t("howTo")} contentClassName="grid max-w-prose gap-2 text-sm">
      <p>{t.rich("keys", { code })}</p>
      <p>{t.rich("formats", { code })}</p>
    </TitledCard>
  );
}

function OperationIndex({ groups }: { groups: readonly GuideGroup[] }) {
  const t = useTranslations("apiGuide");
  return (
    <nav
      aria-label={t("operations")}
      data-print="hide"
      className="sticky top-16 hidden max-h-[calc(100dvh-5rem)] overflow-y-auto text-sm xl:block"
    >
      {groups.map(({ name, operations }) => (
        <div key={name} className="mb-4">
          <p className="mb-1 font-medium">{name}</p>
          <ul className="grid gap-0.5 border-s">
            {operations.map(({ id, summary }) => (
              <li key={id}>
                <a
                  href={`#${id}`}
                  className="block px-3 py-0.5 text-muted-foreground hover:text-foreground hover:underline"
                >
                  {summary}
                </a>
              </li>
            ))}
          </ul>
        </div>
      ))}
    </nav>
  );
}
