"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/forms/form";
import { Link } from "@/components/ui/link";
import { useState, type FormEvent } from "react";
import { useListUrl } from "@/components/lists/use-list-url";
import { formatSortable } from "@/components/time/format";
import { Button } from "@/components/ui/button";
import { Card, CardContent } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatMinute } from "@/lib/domain/events/event-range";
import { isMoment, momentOf } from "@/lib/domain/reports/moment";
import { ianaZone } from "@/lib/domain/zones";
import { SubjectPicker } from "./subject-picker";

const MINUTE_MS = 60_000;
const STEP_MS = 15 * MINUTE_MS;

interface MomentFormProps {
  companyRef: string;
  /** What is asked about, in words; null for nothing yet, absent where everybody is asked about. */
  chosen?: string | null;
  /** Epoch milliseconds. */
  at: number;
  readAt: number;
  zone: string;
}

/** Who and when. The address carries the moment in UTC, so that a link means the same in every zone. */
export function MomentForm({ companyRef, chosen, at, readAt, zone }: MomentFormProps) {
  const t = useTranslations("whoWasOn");
  const url = useListUrl();
  const [error, setError] = useState<string>();
  const [shownAt, setShownAt] = useState(at);
  if (shownAt !== at) {
    setShownAt(at);
    setError(undefined);
  }
  const local = formatSortable(at, zone, "minute").replace(" ", "T");
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const typed = new FormData(event.currentTarget).get("at");
    const isRight = typeof typed === "string" && isMoment(typed);
    setError(isRight ? undefined : t("dateTimeWrong"));
    if (isRight) url.set({ at: formatMinute(momentOf(typed, ianaZone(zone))) });
  };
  const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  const step = (moved: number) => url.href({ at: formatMinute(moved) });
  return (
    <Card>
      <CardContent className="flex flex-wrap items-end gap-3" aria-busy={url.isPending || undefined}>
        {chosen !== undefined && (
          <SubjectPicker
            companyRef={companyRef}
            chosen={chosen}
            onChoose={({ type, id }) =>
              // Without a moment in the address it stays "now".
              url.set({
                account: null,
                computer: null,
                [type]: String(id),
                at: url.get("at") && formatMinute(minute),
              })
            }
          />
        )}
        <Form onSubmit={show} className="flex flex-wrap items-end gap-2">
          <Field label={t("dateTime")} error={error}>
            {(control) => (
              <Input
                key={local}
                {...control}
                type="datetime-local"
                name="at"
                defaultValue={local}
                onChange={() => setError(undefined)}
                className="w-64"
              />
            )}
          </Field>
          <Button type="submit">{t("show")}</Button>
        </Form>
        <div className="flex flex-wrap gap-2">
          <Step href={step(minute - STEP_MS)} words={t("earlier")} />
          {minute + STEP_MS <= readAt && <Step href={step(minute + STEP_MS)} words={t("later")} />}
          <Step href={url.href({ at: null })} words={t("now")} />
        </div>
      </CardContent>
    </Card>
  );
}

function Step({ href, words }: { href: string; words: string }) {
  return (
    <Button asChild variant="outline" size="sm">
      <Link href={href} scroll={false}>
        {words}
      </Link>
    </Button>
  );
}
