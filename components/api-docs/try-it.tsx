"use client";

import { Download, Send } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState, type FormEvent } from "react";
import { ExportLink } from "@/components/exports/export-link";
import { Form } from "@/components/forms/form";
import { Button } from "@/components/ui/button";
import { CodeBlock } from "@/components/ui/code-block";
import { Field, type FieldControlProps } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { NativeSelect } from "@/components/ui/native-select";
import { operationAddress, type GuideMember, type GuideOperation } from "@/lib/domain/api-guide";

interface TryItProps {
  operation: GuideOperation;
  companies: readonly { id: number; name: string }[];
  values: Readonly<Record<string, string>>;
  onChange: (values: Record<string, string>) => void;
}

interface Tried {
  /** "200, 12 ms, 1,234 characters". */
  summary: string;
  text: string;
}

const MOST_CHARACTERS = 20_000;

/** Sends the request with the viewer's session, and shows the answer. */
export function TryIt({ operation, companies, values, onChange }: TryItProps) {
  const t = useTranslations("apiDocs");
  const { path, parameters } = operation;
  const [tried, setTried] = useState<Tried | null>(null);
  const [isWaiting, setIsWaiting] = useState(false);
  const address = operationAddress(path, values);
  const isFile = (values.format || "json") !== "json";
  const send = async (event: FormEvent) => {
    event.preventDefault();
    setIsWaiting(true);
    setTried(await ask(t, address));
    setIsWaiting(false);
  };
  return (
    <Form onSubmit={send} className="min-w-0 gap-3">
      {parameters.length > 0 && (
        <div className="grid gap-3 sm:grid-cols-2 lg:grid-cols-3">
          {parameters.map((parameter) => (
            <Field key={parameter.name} label={parameter.name}>
              {(control) => (
                <Control
                  control={control}
                  parameter={parameter}
                  companies={companies}
                  value={values[parameter.name] ?? ""}
                  onChange={(value) => onChange({ ...values, [parameter.name]: value })}
                />
              )}
            </Field>
          ))}
        </div>
      )}
      {isFile ? (
        <Button asChild className="w-fit">
          <ExportLink href={address} format={values.format?.toUpperCase() ?? ""}>
            <Download aria-hidden />
            {t("download")}
          </ExportLink>
        </Button>
      ) : (
        <Button type="submit" className="w-fit" isPending={isWaiting}>
          <Send aria-hidden />
          {isWaiting ? t("waiting") : t("send")}
        </Button>
      )}
      <output className="text-sm text-muted-foreground">{!isWaiting && tried?.summary}</output>
      {tried && tried.text !== "" && (
        <CodeBlock label={t("responseText", { operation: operation.summary })} code={tried.text} />
      )}
    </Form>
  );
}

interface ControlProps {
  control: FieldControlProps;
  parameter: GuideMember;
  companies: TryItProps["companies"];
  value: string;
  onChange: (value: string) => void;
}

function Control({ control, parameter, companies, value, onChange }: ControlProps) {
  const t = useTranslations("apiDocs");
  const { name, choices, usual, example } = parameter;
  const options =
    name === "company"
      ? [
          ...companies.map((company) => ({ value: String(company.id), label: company.name })),
          { value: "all", label: t("allCompanies") },
        ]
      : choices.map((choice) => ({ value: choice, label: choice }));
  if (options.length === 0) {
    return (
      <Input
        {...control}
        value={value}
        placeholder={example ?? undefined}
        onChange={(event) => onChange(event.target.value)}
      />
    );
  }
  return (
    <NativeSelect
      {...control}
      className="w-full"
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      <option value="">{usual === null ? t("notSet") : t("notSetDefault", { value: usual })}</option>
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </NativeSelect>
  );
}

type T = ReturnType<typeof useTranslations<"apiDocs">>;

async function ask(t: T, address: string): Promise<Tried> {
  const startedAt = performance.now();
  try {
    const response = await fetch(address, { headers: { accept: "application/json" } });
    const text = await response.text();
    const milliseconds = Math.round(performance.now() - startedAt);
    const facts = { status: String(response.status), milliseconds, length: text.length };
    const shown = indented(text);
    if (shown.length <= MOST_CHARACTERS) return { summary: t("summary", facts), text: shown };
    return {
      summary: t("summaryCut", { ...facts, shown: MOST_CHARACTERS }),
      text: shown.slice(0, MOST_CHARACTERS),
    };
  } catch {
    return { summary: t("noAnswer"), text: "" };
  }
}

function indented(text: string): string {
  try {
    return JSON.stringify(JSON.parse(text), null, 2);
  } catch {
    return text;
  }
}
