"use client";

import { useTranslations } from "next-intl";
import { TitledCard } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { useWords } from "@/components/ui/use-words";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { silentInstallWays, type SilentInstall as Install } from "@/lib/domain/silent-install";

/** Exact steps, with text to copy, for installing the package on many computers without anyone at them. */
export function SilentInstall(install: Install) {
  const t = useTranslations("agentPackage");
  const word = useWords("agentPackage");
  const ways = silentInstallWays(install);
  return (
    <TitledCard title={t("silentTitle")} description={t("silentNote")}>
      <Tabs defaultValue={ways[0]!.id}>
        <TabsList>
          {ways.map(({ id, title }) => (
            <TabsTrigger key={id} value={id}>
              {word(title)}
            </TabsTrigger>
          ))}
        </TabsList>
        {ways.map(({ id, steps }) => (
          <TabsContent key={id} value={id}>
            <ol className="grid min-w-0 list-decimal gap-4 pt-1 ps-5 text-sm">
              {steps.map(({ words, code }) => (
                <li key={words.key} className="min-w-0 ps-1">
                  <p className="wrap-anywhere">{word(words)}</p>
                  {code && <CodeBlock label={word(code.label)} code={code.text} className="mt-2" />}
                </li>
              ))}
            </ol>
          </TabsContent>
        ))}
      </Tabs>
      <p className="pt-4 text-sm text-muted-foreground">{t("unsigned")}</p>
    </TitledCard>
  );
}
