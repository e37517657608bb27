"use client";

import { useTranslations } from "next-intl";
import { Form } from "@/components/forms/form";
import { useRef, useState, type FormEvent } from "react";
import { useListUrl, type ListUrl } from "@/components/lists/use-list-url";
import { formatSortable } from "@/components/time/format";
import { LinkButton } from "@/components/ui/link-button";
import { Button } from "@/components/ui/button";
import { Card, CardContent } from "@/components/ui/card";
import { Field } from "@/components/ui/field";
import { Input } from "@/components/ui/input";
import { formatMinute } from "@/lib/domain/events/event-range";
import { SubjectPicker } from "./subject-picker";
import type { SubjectChoice } from "./subject-popup";
import { changedMoment, fieldOf, momentToShow } from "./typed-moment";

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
  const input = useRef<HTMLInputElement>(null);
  const local = formatSortable(at, zone, "minute").replace(" ", "T");
  const address = url.get("at");
  const [field, setField] = useState({ text: local, address, isTyped: false });
  const present = fieldOf(field, local, address);
  if (present !== field) {
    setField(present);
    setError(undefined);
  }
  const show = (event: FormEvent<HTMLFormElement>) => {
    event.preventDefault();
    const moment = momentToShow(input.current?.value, { text: local, at }, zone);
    setError(moment === null ? t("dateTimeWrong") : undefined);
    if (moment !== null) url.set({ at: moment });
  };
  // The address of now may be the one that is shown, so it wouldn't take away what is typed.
  const forget = () => {
    if (input.current) input.current.value = local;
    setField({ text: local, address, isTyped: false });
  };
  const minute = Math.floor(at / MINUTE_MS) * MINUTE_MS;
  const choose: SubjectChoice["onChoose"] = ({ type, id }) => {
    const moment = changedMoment(input.current?.value, local, zone);
    // Else the moment of the address stays, and without one "now".
    url.set({ account: null, computer: null, [type]: String(id), ...(moment !== null && { at: moment }) });
  };
  return (
    <Card>
      <CardContent className="flex flex-wrap items-end gap-3" aria-busy={url.isPending || undefined}>
        {chosen !== undefined && <SubjectPicker companyRef={companyRef} chosen={chosen} onChoose={choose} />}
        <Form onSubmit={show} className="flex flex-wrap items-end gap-2">
          <Field label={t("dateTime")} error={error}>
            {(control) => (
              <Input
                key={`${present.address} ${present.text}`}
                {...control}
                type="datetime-local"
                name="at"
                ref={input}
                defaultValue={present.text}
                onChange={() => {
                  setError(undefined);
                  setField({ ...present, isTyped: true });
                }}
                className="w-64"
              />
            )}
          </Field>
          <Button type="submit">{t("show")}</Button>
        </Form>
        <div className="flex flex-wrap gap-2">
          <Step url={url} at={minute - STEP_MS} words={t("earlier")} />
          {minute + STEP_MS <= readAt && <Step url={url} at={minute + STEP_MS} words={t("later")} />}
          <Step url={url} at={null} words={t("now")} onStep={forget} />
        </div>
      </CardContent>
    </Card>
  );
}

interface StepProps {
  url: ListUrl;
  /** Epoch milliseconds; null for now. */
  at: number | null;
  words: string;
  onStep?: () => void;
}

function Step({ url, at, words, onStep }: StepProps) {
  const { href, onStep: go } = url.link({ at: at === null ? null : formatMinute(at) });
  const step = () => {
    onStep?.();
    go();
  };
  return (
    <LinkButton href={href} onStep={step} scroll={false}>
      {words}
    </LinkButton>
  );
}
