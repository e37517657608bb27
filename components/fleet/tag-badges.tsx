"use client";

import { useTranslations } from "next-intl";
import { DialogButton } from "@/components/forms/dialog-button";
import { SelectField } from "@/components/forms/fields";
import { Badge } from "@/components/ui/badge";
import { useWords } from "@/components/ui/use-words";
import type { FormAction } from "@/lib/domain/form-result";
import { TAG_TEXT } from "@/lib/domain/tags";
import type { TagsOfOne } from "@/lib/services/tags/read-tags";

export function TagBadges({ tags }: Pick<TagsOfOne, "tags">) {
  const words = useWords("tags");
  return tags.map((tag) => (
    <Badge key={tag} variant="outline">
      {words(TAG_TEXT[tag])}
    </Badge>
  ));
}

interface ChangeTagsProps extends Pick<TagsOfOne, "choices"> {
  /** What names the account or computer, and its company. */
  hidden: Record<string, number>;
  action: FormAction<void>;
}

/** Gives tags by hand, or takes what a pattern would give. */
export function ChangeTags({ choices, hidden, action }: ChangeTagsProps) {
  const t = useTranslations("tags");
  const lists = useTranslations("lists");
  const words = useWords("tags");
  return (
    <DialogButton
      label={t("title")}
      description={t("note")}
      action={action}
      hidden={hidden}
      submitLabel={t("save")}
      done={t("saved")}
    >
      {(errors) =>
        choices.map(({ tag, choice }) => (
          <SelectField
            key={tag}
            name={tag}
            label={words(TAG_TEXT[tag])}
            errors={errors}
            defaultValue={choice}
            choices={[
              { value: "pattern", label: t("byPattern") },
              { value: "yes", label: lists("yes") },
              { value: "no", label: lists("no") },
            ]}
          />
        ))
      }
    </DialogButton>
  );
}
