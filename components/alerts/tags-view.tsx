"use client";

import { ActionButton } from "@/components/forms/action-button";
import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField, TextField } from "@/components/forms/fields";
import { PageCrumbs } from "@/components/layout/page-crumbs";
import { Badge } from "@/components/ui/badge";
import { Card, CardAction, CardContent, CardDescription, CardHeader, CardTitle } from "@/components/ui/card";
import { Link } from "@/components/ui/link";
import type { FormAction } from "@/lib/domain/form-result";
import { isAccountTag, TAG_LABEL, TAGS } from "@/lib/domain/tags";
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
  return (
    <>
      <PageCrumbs crumbs={[{ label: "Tags" }]} />
      <AlertsHeader {...{ companyId, zone, readAt }} current="tags" />
      <p className="max-w-3xl text-sm text-muted-foreground">
        Rules that look at service accounts and administrators know them by their tags.
      </p>
      <div className="grid items-start gap-4 lg:grid-cols-2">
        <PatternsCard {...props} />
        <HandCard {...props} />
      </div>
    </>
  );
}

function PatternsCard({ patterns, mayManage, companyId, actions }: TagsViewProps) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>By pattern</CardTitle>
        <CardDescription>Names that have a tag by themselves.</CardDescription>
        {mayManage && (
          <CardAction>
            <AddPattern companyId={companyId} action={actions.addPatternAction} />
          </CardAction>
        )}
      </CardHeader>
      <CardContent>
        {patterns.length === 0 ? (
          <p className="text-sm text-muted-foreground">There is no pattern.</p>
        ) : (
          <ul aria-label="Patterns" className="grid">
            {patterns.map(({ id, tag, pattern }) => (
              <li key={id} className="flex items-center gap-2 border-b py-2 text-sm last:border-0">
                <code className="min-w-0 flex-1 wrap-anywhere">{pattern}</code>
                <Badge variant="outline">{TAG_LABEL[tag] ?? tag}</Badge>
                {mayManage && (
                  <ActionButton
                    size="sm"
                    variant="ghost"
                    aria-label={`Remove the pattern ${pattern}`}
                    action={actions.removePatternAction}
                    hidden={{ companyId, patternId: id }}
                    done="The pattern is removed."
                  >
                    Remove
                  </ActionButton>
                )}
              </li>
            ))}
          </ul>
        )}
      </CardContent>
    </Card>
  );
}

interface AddPatternProps {
  companyId: number;
  action: TagsViewProps["actions"]["addPatternAction"];
}

function AddPattern({ companyId, action }: AddPatternProps) {
  return (
    <DialogButton
      label="Add pattern"
      title="Add a pattern"
      description="* stands for any text, ? for one character. Case does not matter. Without a backslash it is also matched with what follows one, so that svc-* means CORP\svc-backup too."
      action={action}
      hidden={{ companyId }}
      submitLabel="Add pattern"
      done="The pattern is added."
    >
      {(errors) => (
        <>
          <SelectField
            name="tag"
            label="Tag"
            errors={errors}
            choices={TAGS.map((value) => ({ value, label: tagWords(value) }))}
          />
          <TextField
            name="pattern"
            label="Pattern"
            errors={errors}
            maxLength={255}
            autoComplete="off"
            autoCapitalize="none"
            spellCheck={false}
            placeholder="svc-*"
            isRequired
          />
        </>
      )}
    </DialogButton>
  );
}

function tagWords(tag: (typeof TAGS)[number]): string {
  return `${TAG_LABEL[tag]} (names of ${isAccountTag(tag) ? "accounts" : "computers"})`;
}

function HandCard({ byHand, companyId }: TagsViewProps) {
  return (
    <Card>
      <CardHeader>
        <CardTitle>By hand</CardTitle>
        <CardDescription>Change them on the page of the account or computer.</CardDescription>
      </CardHeader>
      <CardContent>
        {byHand.length === 0 ? (
          <p className="text-sm text-muted-foreground">Nothing is tagged by hand.</p>
        ) : (
          <ul aria-label="Tagged by hand" className="grid">
            {byHand.map(({ table, id, name, tag, hasTag }) => (
              <li
                key={`${table} ${id} ${tag}`}
                className="flex items-center gap-2 border-b py-2 text-sm last:border-0"
              >
                <Link
                  href={`/${companyId}/${table}/${id}`}
                  className="min-w-0 flex-1 text-link wrap-anywhere hover:underline"
                >
                  <bdi>{name}</bdi>
                </Link>
                <Badge variant="outline">{hasTag ? TAG_LABEL[tag] : `Not: ${TAG_LABEL[tag]}`}</Badge>
              </li>
            ))}
          </ul>
        )}
      </CardContent>
    </Card>
  );
}
