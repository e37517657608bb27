"use client";

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
  const words = useWords("tags");
  return (
    <DialogButton
      label="Tags"
      title="Tags"
      description="What is chosen by hand goes before the patterns of the company."
      action={action}
      hidden={hidden}
      submitLabel="Save"
      done="The tags are saved."
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
              { value: "pattern", label: "By patterns" },
              { value: "yes", label: "Yes" },
              { value: "no", label: "No" },
            ]}
          />
        ))
      }
    </DialogButton>
  );
}
