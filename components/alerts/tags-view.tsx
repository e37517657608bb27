"use client";

import { useTranslations } from "next-intl";
import type { ReactNode } from "react";
import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField, TextField } from "@/components/forms/fields";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { Badge } from "@/components/ui/badge";
import { TitledCard } from "@/components/ui/card";
import { TextLink } from "@/components/ui/text-link";
import { useWords } from "@/components/ui/use-words";
import type { FormAction } from "@/lib/domain/form-result";
import { isAccountTag, TAG_TEXT, TAGS, type Tag } from "@/lib/domain/tags";
import type { TagsScreen } from "@/lib/services/tags/read-tags";
import { AlertsHeader } from "./alerts-header";

interface TagsViewProps extends TagsScreen {
  companyId: number;
  zone: string;
  /** Epoch milliseconds. */
  readAt: number;
  actions: {
    addPatternAction: FormAction<{ patternId: number }>;
    removePatternAction: FormAction<void>;
  };
}

/** Which names have which tag by themselves, and what was tagged by hand. */
export function TagsView(props: TagsViewProps) {
  const { companyId, zone, readAt } = props;
  const t = useTranslations("tagPatterns");
  const pages = useTranslations("alertPages");
  return (
    <>
      <PageCrumbs crumbs={[{ label: pages("tags") }]} />
      <AlertsHeader {...{ companyId, zone, readAt }} current="tags" />
      <p className="max-w-3xl text-sm text-muted-foreground">{t("intro")}</p>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <PatternsCard {...props} />
        <HandCard {...props} />
      </div>
    </>
  );
}

/** A tag that only another version knows goes by its key. */
function useTagNames(): (tag: Tag) => string {
  const words = useWords("tags");
  return (tag) => words(TAG_TEXT[tag] ?? tag);
}

function PatternsCard({ patterns, mayManage, companyId, actions }: TagsViewProps) {
  const t = useTranslations("tagPatterns");
  const nameOf = useTagNames();
  return (
    <TitledCard
      title={t("patterns")}
      description={t("patternsNote")}
      action={mayManage && <AddPattern companyId={companyId} action={actions.addPatternAction} />}
    >
      {patterns.length === 0 ? (
        <p className="text-sm text-muted-foreground">{t("noPatterns")}</p>
      ) : (
        <ul aria-label={t("patterns")} className="grid">
          {patterns.map(({ id, tag, pattern }) => (
            <TagItem key={id} name={<code>{pattern}</code>} tag={nameOf(tag)}>
              {mayManage && (
                <DialogButton
                  variant="ghost"
                  label={t("remove")}
                  name={t("removePattern", { pattern })}
                  title={t("removePattern", { pattern })}
                  description={t("removePatternNote", { tag: nameOf(tag) })}
                  action={actions.removePatternAction}
                  hidden={{ companyId, patternId: id }}
                  isDestructive
                  done={t("patternRemoved")}
                />
              )}
            </TagItem>
          ))}
        </ul>
      )}
    </TitledCard>
  );
}

interface TagItemProps {
  name: ReactNode;
  tag: string;
  /** What can be done with it. */
  children?: ReactNode;
}

/** A name with its tag; a long name keeps the whole first line, with the tag below. */
function TagItem({ name, tag, children }: TagItemProps) {
  return (
    <li className="flex flex-wrap items-center gap-x-3 gap-y-1 border-b py-2 text-sm last:border-0">
      <span className="max-w-full grow basis-28 wrap-anywhere">{name}</span>
      <span className="ms-auto flex items-center gap-1">
        <Badge variant="outline">{tag}</Badge>
        {children}
      </span>
    </li>
  );
}

interface AddPatternProps {
  companyId: number;
  action: TagsViewProps["actions"]["addPatternAction"];
}

function AddPattern({ companyId, action }: AddPatternProps) {
  const t = useTranslations("tagPatterns");
  const nameOf = useTagNames();
  return (
    <DialogButton
      label={t("addPattern")}
      description={t("patternHelp")}
      action={action}
      hidden={{ companyId }}
      done={t("patternAdded")}
    >
      {(errors) => (
        <>
          <SelectField
            name="tag"
            label={t("tag")}
            errors={errors}
            choices={TAGS.map((value) => {
              const tag = nameOf(value);
              return {
                value,
                label: isAccountTag(value) ? t("accountTag", { tag }) : t("computerTag", { tag }),
              };
            })}
          />
          <TextField
            name="pattern"
            label={t("pattern")}
            errors={errors}
            maxLength={255}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder={t("patternExample")}
            isRequired
          />
        </>
      )}
    </DialogButton>
  );
}

function HandCard({ byHand, companyId }: TagsViewProps) {
  const t = useTranslations("tagPatterns");
  const nameOf = useTagNames();
  return (
    <TitledCard title={t("manual")} description={t("manualNote")}>
      {byHand.length === 0 ? (
        <p className="text-sm text-muted-foreground">{t("noManual")}</p>
      ) : (
        <ul aria-label={t("manual")} className="grid">
          {byHand.map(({ table, id, name, tag, hasTag }) => (
            <TagItem
              key={`${table} ${id} ${tag}`}
              name={
                <TextLink href={`/${companyId}/${table}/${id}`}>
                  <bdi>{name}</bdi>
                </TextLink>
              }
              tag={hasTag ? nameOf(tag) : t("notTag", { tag: nameOf(tag) })}
            />
          ))}
        </ul>
      )}
    </TitledCard>
  );
}
