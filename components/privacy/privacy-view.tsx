import { useTranslations } from "next-intl";
import type { FormAction } from "@/lib/domain/form-result";
import { PageHeader } from "@/components/layout/page-header";
import { TitledCard } from "@/components/ui/card";
import { useWords } from "@/components/ui/use-words";
import type { Rule } from "@/lib/domain/detections/rule";
import { RULES } from "@/lib/domain/detections/rules";
import { defaultPrivacyTexts } from "@/lib/domain/privacy/default-text";
import type { Person } from "@/lib/services/privacy/persons";
import type { PrivacyNotice } from "@/lib/services/privacy/privacy-text";
import { NoticeEditor } from "./notice-editor";
import { PeopleCard } from "./people-card";

interface PrivacyViewProps {
  companyId: number;
  notice: PrivacyNotice;
  /** null for those who may only read. */
  found: { persons: Person[]; hasMore: boolean } | null;
  search: string;
  zone: string;
  saveAction: FormAction<void>;
  eraseAction: FormAction<{ accountId: number }>;
}

/** What the company tells its people about the monitoring and, for its managers, how their requests are met. */
export function PrivacyView(props: PrivacyViewProps) {
  const t = useTranslations("privacy");
  const word = useWords("privacy");
  const { companyId, notice, found, search, zone, saveAction, eraseAction } = props;
  const { companyName: company } = notice;
  const text =
    notice.text ??
    defaultPrivacyTexts(company)
      .map((paragraph) => word(paragraph))
      .join("\n\n");
  return (
    <>
      <PageHeader
        title={t("title")}
        description={t("description", { company })}
        actions={found && <NoticeEditor companyId={companyId} text={text} saveAction={saveAction} />}
      />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <NoticeCard text={text} />
        <RecordedCard days={notice.eventRetentionDays} />
        <RulesCard learnsHabits={notice.learnsHabits} />
        {found && (
          <div className="min-w-0 xl:col-span-2">
            <PeopleCard
              companyId={companyId}
              {...found}
              search={search}
              zone={zone}
              eraseAction={eraseAction}
            />
          </div>
        )}
      </div>
    </>
  );
}

function NoticeCard({ text }: { text: string }) {
  const t = useTranslations("privacy");
  const paragraphs = text.split(/\n\s*\n/).filter((paragraph) => paragraph.trim() !== "");
  return (
    <TitledCard title={t("purpose")} contentClassName="grid max-w-prose gap-3 text-sm leading-6">
      {paragraphs.map((paragraph, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- paragraphs have no other identity
        <p key={place} className="wrap-anywhere whitespace-pre-line">
          {paragraph}
        </p>
      ))}
    </TitledCard>
  );
}

const ABOUT_PEOPLE = RULES.filter(({ subject }) => subject === "account");
const WITHOUT_HABITS = ABOUT_PEOPLE.filter(({ learns }) => !learns);
const WITH_HABITS = ABOUT_PEOPLE.filter(({ learns }) => learns);

/** Which rules look at people, and what they learn for it. */
function RulesCard({ learnsHabits }: { learnsHabits: boolean }) {
  const t = useTranslations("privacy");
  const word = useWords("ruleTitles", "ruleQuestions");
  const titles = (rules: readonly Rule[]) => (
    <ul className="grid list-disc gap-1.5 ps-5">
      {rules.map(({ name, title, question }) => (
        <li key={name}>{t("ruleLine", { rule: word(title), question: word(question) })}</li>
      ))}
    </ul>
  );
  return (
    <TitledCard
      className="xl:col-span-2"
      title={t("rules")}
      contentClassName="grid gap-6 text-sm xl:grid-cols-2"
    >
      <div className="grid content-start gap-3">
        <p>{t("rulesPlain")}</p>
        {titles(WITHOUT_HABITS)}
      </div>
      <div className="grid content-start gap-3">
        <p>{learnsHabits ? t("rulesHabits") : t("rulesHabitsOff")}</p>
        {titles(WITH_HABITS)}
      </div>
    </TitledCard>
  );
}

const RECORDED = [
  "recordedAccount",
  "recordedComputer",
  "recordedEvents",
  "recordedTimes",
  "recordedAddresses",
] as const;

function RecordedCard({ days }: { days: number | null }) {
  const t = useTranslations("privacy");
  return (
    <TitledCard title={t("recorded")} contentClassName="grid gap-3 text-sm">
      <ul className="grid list-disc gap-1.5 ps-5">
        {RECORDED.map((key) => (
          <li key={key}>{t(key)}</li>
        ))}
      </ul>
      <p>{days === null ? t("keptForever") : t("keptDays", { count: days })}</p>
    </TitledCard>
  );
}
