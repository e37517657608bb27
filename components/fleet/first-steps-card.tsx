"use client";

import { Check, LoaderCircle } from "lucide-react";
import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { useRefreshWhile } from "@/components/live/use-refresh-while";
import { LinkButton } from "@/components/ui/link-button";
import { TitledCard } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Progress } from "@/components/ui/progress";
import type { Newcomer } from "@/lib/services/fleet/read-newcomers";
import { NewcomerList } from "./newcomer-list";

const WAIT_MILLISECONDS = 10_000;

interface FirstStepsCardProps {
  companyRef: string;
  companyName: string | null;
  companyCount: number;
  mayAddCompany: boolean;
  hasPackage: boolean;
  computers: readonly Newcomer[];
  zone: string;
}

interface Step {
  title: string;
  isDone: boolean;
  words: ReactNode;
  action?: { href: string; label: string };
}

type T = ReturnType<typeof useTranslations<"firstSteps">>;

function stepsOf(t: T, props: FirstStepsCardProps): Step[] {
  const { companyRef, companyName, companyCount, mayAddCompany, hasPackage, computers, zone } = props;
  return [
    {
      title: t("addCompany"),
      isDone: companyCount > 0,
      words:
        companyCount === 0 ? t("addCompanyNote") : (companyName ?? t("companies", { count: companyCount })),
      action: mayAddCompany ? { href: "/admin/companies?do=add", label: t("addCompanyLink") } : undefined,
    },
    {
      title: t("download"),
      isDone: hasPackage,
      words: hasPackage ? t("downloaded") : t("downloadNote"),
      action: { href: `/${companyRef}/agent`, label: t("packageLink") },
    },
    {
      title: t("install"),
      isDone: computers.length > 0,
      words:
        computers.length > 0 ? (
          <NewcomerList label={t("newest")} computers={computers} zone={zone} />
        ) : (
          <span className="inline-flex items-center gap-1.5">
            {hasPackage && <LoaderCircle aria-hidden className="size-3.5 animate-spin" />}
            {t("waiting")}
          </span>
        ),
    },
  ];
}

/** What to do next in an empty portal, in order. The last step is done by the first computer that reports. */
export function FirstStepsCard(props: FirstStepsCardProps) {
  const t = useTranslations("firstSteps");
  const steps = stepsOf(t, props);
  const doneCount = steps.filter(({ isDone }) => isDone).length;
  // A computer may report its health before anything happens on it, which no stream announces.
  useRefreshWhile(props.computers.length === 0, WAIT_MILLISECONDS);
  return (
    <TitledCard
      title={t("title")}
      description={t("progress", { done: doneCount, total: steps.length })}
      contentClassName="grid gap-4"
    >
      <Progress label={t("title")} value={doneCount} max={steps.length} />
      <ol className="grid gap-4 lg:grid-cols-3">
        {steps.map((step, index) => (
          <StepItem
            key={step.title}
            step={step}
            number={index + 1}
            isNext={!step.isDone && steps.findIndex(({ isDone }) => !isDone) === index}
          />
        ))}
      </ol>
    </TitledCard>
  );
}

function StepItem({ step, number, isNext }: { step: Step; number: number; isNext: boolean }) {
  const t = useTranslations("firstSteps");
  const { title, isDone, words, action } = step;
  return (
    <li aria-current={isNext ? "step" : undefined} className="flex min-w-0 items-start gap-3">
      <span
        aria-hidden
        className={cn(
          "grid size-7 shrink-0 place-items-center rounded-full border text-sm font-medium",
          isDone && "border-transparent bg-success-text text-background",
          isNext && "border-primary bg-primary text-primary-foreground",
        )}
      >
        {isDone ? <Check className="size-4" /> : number}
      </span>
      <div className="grid min-w-0 gap-1.5">
        <p className="text-sm leading-7 font-medium">
          {title}
          {isDone && <span className="sr-only"> {t("done")}</span>}
        </p>
        <div className="min-w-0 text-sm text-muted-foreground wrap-anywhere">{words}</div>
        {!isDone && action && (
          <LinkButton href={action.href} size="sm" variant={isNext ? "default" : "outline"} className="w-fit">
            {action.label}
          </LinkButton>
        )}
      </div>
    </li>
  );
}
