import { FileJson } from "lucide-react";
import { EXAMPLE_URL, NoPublicUrl } from "@/components/layout/no-public-url";
import { PageHeader } from "@/components/layout/page-header";
import { Button } from "@/components/ui/button";
import { TitledCard } from "@/components/ui/card";
import type { GuideGroup } from "@/lib/domain/api-guide";
import { OperationCard } from "./operation-card";

interface ApiDocsViewProps {
  groups: readonly GuideGroup[];
  /** The portal's public address; null when nobody has told it. */
  serverUrl: string | null;
  companies: readonly { id: number; name: string }[];
}

/** The API by its operations: what each takes and answers, a line for the shell, and a way to try it. */
export function ApiDocsView({ groups, serverUrl, companies }: ApiDocsViewProps) {
  return (
    <>
      <PageHeader
        title="API"
        description="Everything that the portal shows, for programs; and what agents send."
        actions={
          <Button asChild variant="outline" size="sm">
            <a href="/api/v1/openapi.json" target="_blank" rel="noreferrer">
              <FileJson aria-hidden />
              OpenAPI 3.1
            </a>
          </Button>
        }
      />
      {serverUrl === null && <NoPublicUrl consequence={`The examples below say ${EXAMPLE_URL} instead.`} />}
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
                  serverUrl={serverUrl ?? EXAMPLE_URL}
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
  return (
    <TitledCard title="How to ask" contentClassName="grid max-w-prose gap-2 text-sm">
      <p>
        Send an API key in the header <code className="font-mono text-xs">X-API-Key</code>. It opens its own
        company: lists and reports with the scope read, the agents&apos; paths with the scope ingest. Keys are
        made on the page Sites and API keys. In a browser the session of a signed-in user opens lists and
        reports as well; that is what Try it uses.
      </p>
      <p>
        Every list and report answers as JSON, or with <code className="font-mono text-xs">format=csv</code>,
        xlsx or pdf as a file with every row. Lists are read page by page: give the next of an answer as
        after. Instants are UTC; days follow the time zone of the answer.
      </p>
    </TitledCard>
  );
}

function OperationIndex({ groups }: { groups: readonly GuideGroup[] }) {
  return (
    <nav
      aria-label="Operations"
      data-print="hide"
      className="sticky top-16 hidden max-h-[calc(100dvh-5rem)] overflow-y-auto text-sm xl:block"
    >
      {groups.map(({ name, operations }) => (
        <div key={name} className="mb-4">
          <p className="mb-1 font-medium">{name}</p>
          <ul className="grid gap-0.5 border-l">
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
