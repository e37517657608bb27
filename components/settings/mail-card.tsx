"use client";

import { TriangleAlert } from "lucide-react";
import { useTranslations } from "next-intl";
import { TextField } from "@/components/forms/fields";
import { Form } from "@/components/forms/form";
import { FormMessage } from "@/components/forms/form-message";
import type { FormAction } from "@/lib/domain/form-result";
import { useFormAction } from "@/components/forms/use-form-action";
import { Alert, AlertDescription } from "@/components/ui/alert";
import { Button } from "@/components/ui/button";
import { useWords } from "@/components/ui/use-words";
import { Card, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import type { MailSetUp, TestMailAnswer } from "@/lib/services/mail/test-mail";

interface MailCardProps {
  /** null while mail is not set up. */
  setUp: MailSetUp | null;
  testAction: FormAction<TestMailAnswer>;
}

/** How the portal sends mail, and a message to try it. */
export function MailCard({ setUp, testAction }: MailCardProps) {
  const t = useTranslations("settings");
  const word = useWords("mailNotes");
  return (
    <Card>
      <CardHeader>
        <CardTitle>{t("mail")}</CardTitle>
        <CardDescription>{setUp ? t("mailOn") : t("mailOff")}</CardDescription>
      </CardHeader>
      {setUp && (
        <CardContent className="grid gap-4">
          <dl className="grid grid-cols-[auto_1fr] gap-x-4 gap-y-1 text-sm">
            <Fact name={t("server")} value={word(setUp.server)} />
            <Fact name={t("encryption")} value={word(setUp.encryption)} />
            <Fact name={t("sender")} value={setUp.sender} />
            <Fact name={t("signed")} value={setUp.isSigned ? t("yes") : t("no")} />
          </dl>
          {!setUp.hasPublicUrl && (
            <Alert variant="warning">
              <TriangleAlert aria-hidden />
              <AlertDescription>{t("noPublicUrl")}</AlertDescription>
            </Alert>
          )}
          <TestForm testAction={testAction} />
        </CardContent>
      )}
    </Card>
  );
}

function Fact({ name, value }: { name: string; value: string }) {
  return (
    <>
      <dt className="text-muted-foreground">{name}</dt>
      <dd className="min-w-0 wrap-anywhere">{value}</dd>
    </>
  );
}

function TestForm({ testAction }: Pick<MailCardProps, "testAction">) {
  const t = useTranslations("settings");
  const { state, isPending, onSubmit } = useFormAction(testAction);
  return (
    <Form state={state} onSubmit={onSubmit} className="gap-3">
      {!state.fieldErrors?.address && <FormMessage state={state} />}
      {state.status === "done" && state.result && !isPending && <Answer {...state.result} />}
      <TextField
        name="address"
        label={t("testAddress")}
        type="email"
        placeholder="name@example.com"
        errors={state.fieldErrors ?? {}}
        autoComplete="email"
      />
      <Button type="submit" variant="outline" isPending={isPending} className="justify-self-start">
        {t("sendTest")}
      </Button>
    </Form>
  );
}

function Answer({ isSent, note, answer }: TestMailAnswer) {
  const t = useTranslations("settings");
  const word = useWords("mailNotes");
  return (
    <Alert variant={isSent ? "success" : "destructive"} role="alert">
      <AlertDescription className="wrap-anywhere">
        <p>{isSent ? t("testTaken") : note && word(note)}</p>
        {answer && <p>{t("testAnswer", { answer })}</p>}
      </AlertDescription>
    </Alert>
  );
}
