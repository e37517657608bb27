"use client";

import { TitledCard } from "@/components/ui/card";
import { CodeBlock } from "@/components/ui/code-block";
import { Tabs, TabsContent, TabsList, TabsTrigger } from "@/components/ui/tabs";
import { silentInstallWays, type SilentInstall as Install } from "@/lib/domain/silent-install";

/** How the package reaches many computers with nobody at them: exact steps with what to copy. */
export function SilentInstall(install: Install) {
  const ways = silentInstallWays(install);
  return (
    <TitledCard
      title="Install on many computers"
      description="Without anybody at the computer. The same steps are in the package as silent-install.txt."
    >
      <Tabs defaultValue={ways[0]!.id}>
        <TabsList>
          {ways.map(({ id, title }) => (
            <TabsTrigger key={id} value={id}>
              {title}
            </TabsTrigger>
          ))}
        </TabsList>
        {ways.map(({ id, steps }) => (
          <TabsContent key={id} value={id}>
            <ol className="grid min-w-0 list-decimal gap-4 pt-1 pl-5 text-sm">
              {steps.map(({ words, code }) => (
                <li key={words} className="min-w-0 pl-1">
                  <p className="wrap-anywhere">{words}</p>
                  {code && <CodeBlock label={code.label} code={code.text} className="mt-2" />}
                </li>
              ))}
            </ol>
          </TabsContent>
        ))}
      </Tabs>
      <p className="pt-4 text-sm text-muted-foreground">
        The program is not signed: where SmartScreen, AppLocker or WDAC stops unsigned programs, sign it with
        your own certificate or allow the file.
      </p>
    </TitledCard>
  );
}
