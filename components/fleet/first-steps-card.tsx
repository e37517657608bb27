"use client";

import { Check, LoaderCircle } from "lucide-react";
import type { ReactNode } from "react";
import { useRefreshWhile } from "@/components/live/use-refresh-while";
import { Button } from "@/components/ui/button";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { cn } from "@/components/ui/cn";
import { Link } from "@/components/ui/link";
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

function stepsOf(props: FirstStepsCardProps): Step[] {
  const { companyRef, companyName, companyCount, mayAddCompany, hasPackage, computers, zone } = props;
  return [
    {
      title: "Add a company",
      isDone: companyCount > 0,
      words:
        companyCount === 0 ? "Each company sees only itself." : (companyName ?? `${companyCount} companies`),
      action: mayAddCompany ? { href: "/admin/companies?do=add", label: "Add company" } : undefined,
    },
    {
      title: "Download the agent package",
      isDone: hasPackage,
      words: hasPackage ? "Downloaded." : "It holds the agent and the API key of one site.",
      action: { href: `/${companyRef}/agent`, label: "Agent package" },
    },
    {
      title: "Install it on the first computer",
      isDone: computers.length > 0,
      words:
        computers.length > 0 ? (
          <NewcomerList computers={computers} zone={zone} />
        ) : (
          <span className="inline-flex items-center gap-1.5">
            {hasPackage && <LoaderCircle aria-hidden className="size-3.5 animate-spin" />}
            Waiting for the first computer. It appears here by itself.
          </span>
        ),
    },
  ];
}

/** What to do next in an empty portal, in order. The last step is done by the first computer that reports. */
export function FirstStepsCard(props: FirstStepsCardProps) {
  const steps = stepsOf(props);
  const doneCount = steps.filter(({ isDone }) => isDone).length;
  // A computer may report its health before anything happens on it, which no stream announces.
  useRefreshWhile(props.computers.length === 0, WAIT_MILLISECONDS);
  return (
    <Card>
      <CardHeader>
        <CardTitle>First steps</CardTitle>
        <CardDescription>
          {doneCount} of {steps.length} done
        </CardDescription>
      </CardHeader>
      <CardContent className="grid gap-4">
        <Progress label="First steps" value={doneCount} max={steps.length} />
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
      </CardContent>
    </Card>
  );
}

function StepItem({ step, number, isNext }: { step: Step; number: number; isNext: boolean }) {
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
          {isDone && <span className="sr-only"> (done)</span>}
        </p>
        <div className="min-w-0 text-sm text-muted-foreground wrap-anywhere">{words}</div>
        {!isDone && action && (
          <Button asChild size="sm" variant={isNext ? "default" : "outline"} className="w-fit">
            <Link href={action.href}>{action.label}</Link>
          </Button>
        )}
      </div>
    </li>
  );
}
