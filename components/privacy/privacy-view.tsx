import type { FormAction } from "@/lib/domain/form-result";
import { PageHeader } from "@/components/layout/page-header";
import { Card, CardContent, CardHeader, CardTitle, TitledCard } from "@/components/ui/card";
import type { Rule } from "@/lib/domain/detections/rule";
import { RULES } from "@/lib/domain/detections/rules";
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
  saveAction: FormAction<{ isOwnText: boolean }>;
  eraseAction: FormAction<{ accountId: number }>;
}

/** What the company tells its people about the monitoring and, for its managers, how their requests are met. */
export function PrivacyView(props: PrivacyViewProps) {
  const { companyId, notice, found, search, zone, saveAction, eraseAction } = props;
  return (
    <>
      <PageHeader
        title="Privacy"
        description={`What ${notice.companyName} records about the people at its computers.`}
        actions={found && <NoticeEditor companyId={companyId} text={notice.text} saveAction={saveAction} />}
      />
      <div className="grid items-start gap-4 xl:grid-cols-2">
        <NoticeCard notice={notice} />
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

function NoticeCard({ notice }: { notice: PrivacyNotice }) {
  const paragraphs = notice.text.split(/\n\s*\n/).filter((text) => text.trim() !== "");
  return (
    <TitledCard title="Why, and whom to ask" contentClassName="grid max-w-prose gap-3 text-sm leading-6">
      {paragraphs.map((text, place) => (
        // oxlint-disable-next-line react/no-array-index-key -- paragraphs have no other identity
        <p key={place} className="wrap-anywhere whitespace-pre-line">
          {text}
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
  const titles = (rules: readonly Rule[]) => (
    <ul className="grid list-disc gap-1.5 pl-5">
      {rules.map(({ name, title, question }) => (
        <li key={name}>
          {title}: {question}
        </li>
      ))}
    </ul>
  );
  return (
    <Card className="xl:col-span-2">
      <CardHeader>
        <CardTitle>Which rules look at people</CardTitle>
      </CardHeader>
      <CardContent className="grid gap-6 text-sm xl:grid-cols-2">
        <div className="grid content-start gap-3">
          <p>These rules ask about an account, and remember what they need for days:</p>
          {titles(WITHOUT_HABITS)}
        </div>
        <div className="grid content-start gap-3">
          <p>
            {learnsHabits
              ? "These learn the usual computers, hours and number of sessions of each person from the last 90 days:"
              : "These would learn the usual computers, hours and number of sessions of each person. The company has switched that off: nothing is learned, and they say nothing."}
          </p>
          {titles(WITH_HABITS)}
        </div>
      </CardContent>
    </Card>
  );
}

const RECORDED = [
  "The account's name, as Windows knows it",
  "The computer's name and the office it belongs to",
  "What happened: signing in and out, locking, unlocking, connecting from afar, sleeping, starting and shutting down, and failed logons",
  "When it happened, and when the portal heard of it",
  "The computer's network addresses",
];

function RecordedCard({ days }: { days: number | null }) {
  return (
    <TitledCard title="What is recorded, and for how long" contentClassName="grid gap-3 text-sm">
      <ul className="grid list-disc gap-1.5 pl-5">
        {RECORDED.map((text) => (
          <li key={text}>{text}</li>
        ))}
      </ul>
      <p>
        {days === null
          ? "Records are kept until an administrator deletes them."
          : `Records are deleted after ${days.toLocaleString("en")} ${days === 1 ? "day" : "days"}, with the names of accounts and computers not seen since. Backups may hold them for some time longer.`}
      </p>
    </TitledCard>
  );
}
