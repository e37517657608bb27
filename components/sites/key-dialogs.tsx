"use client";

import { ActionDialog } from "@/components/forms/action-dialog";
import { DialogButton } from "@/components/forms/dialog-button";
import { NumberField, SelectField, TextField } from "@/components/forms/fields";
import type { FormAction } from "@/lib/domain/form-result";
import { SecretOnce } from "@/components/forms/secret-once";
import { Checkbox } from "@/components/ui/checkbox";
import { FieldError, FieldSet } from "@/components/ui/field";
import { Label } from "@/components/ui/label";
import { API_SCOPES } from "@/lib/domain/api-scopes";
import type { KeyView, SiteView } from "@/lib/services/sites/read-sites";
import type { RevealedKey } from "@/lib/services/sites/change-key";
import type { SiteActions } from "./site-actions";

export type KeyDialogKind = "reveal" | "rotate" | "change" | "delete";

const SCOPE_LABEL = {
  ingest: "Send events (agents)",
  read: "Read events (other programs)",
  manage: "Deal with alerts (other programs)",
} as const;
const OVERLAPS = [
  { value: "0", label: "Immediately" },
  { value: "1", label: "In an hour" },
  { value: "24", label: "In a day" },
  { value: "168", label: "In a week" },
  { value: "720", label: "In 30 days" },
];

function ShownKey({ result }: { result: RevealedKey }) {
  return (
    <SecretOnce
      label="API key"
      secret={result.key}
      note="Whoever has it can act in the site's name. Showing it is noted in the audit trail."
    />
  );
}

function ScopeFields({ chosen, errors }: { chosen: readonly string[]; errors: Record<string, string> }) {
  return (
    <FieldSet legend="Permissions">
      {API_SCOPES.map((scope) => (
        <div key={scope} className="flex items-center gap-2.5">
          <Checkbox
            id={`scope-${scope}`}
            name="scopes"
            value={scope}
            defaultChecked={chosen.includes(scope)}
          />
          <Label htmlFor={`scope-${scope}`}>{SCOPE_LABEL[scope]}</Label>
        </div>
      ))}
      <FieldError error={errors.scopes} />
    </FieldSet>
  );
}

interface AddKeyProps {
  companyId: number;
  site: SiteView;
  action: FormAction<RevealedKey>;
}

export function AddKey({ companyId, site, action }: AddKeyProps) {
  return (
    <DialogButton
      label="Add key"
      title={`Add an API key for ${site.name}`}
      action={action}
      hidden={{ companyId, siteId: site.id }}
      submitLabel="Add key"
      renderResult={(result) => <ShownKey result={result} />}
    >
      {(errors) => (
        <>
          <TextField
            name="description"
            label="Description"
            errors={errors}
            placeholder={site.name}
            maxLength={100}
          />
          <ScopeFields chosen={["ingest"]} errors={errors} />
          <NumberField
            name="expiresInDays"
            label="Expires after, days"
            description="Empty: it never expires."
            errors={errors}
          />
        </>
      )}
    </DialogButton>
  );
}

interface KeyDialogProps {
  kind: KeyDialogKind;
  companyId: number;
  apiKey: KeyView;
  name: string;
  actions: SiteActions;
  onClose: () => void;
}

/** The dialog of one entry of a key's menu. */
export function KeyDialog({ kind, companyId, apiKey, name, actions, onClose }: KeyDialogProps) {
  const common = {
    isOpen: true,
    onOpenChange: (isOpen: boolean) => !isOpen && onClose(),
    hidden: { companyId, keyId: apiKey.id },
  };
  if (kind === "reveal") {
    return (
      <ActionDialog
        {...common}
        title={`Show key ${name}`}
        description="That it was shown, and to whom, is noted in the audit trail."
        action={actions.revealKeyAction}
        submitLabel="Show key"
        renderResult={(result) => <ShownKey result={result} />}
      />
    );
  }
  if (kind === "rotate") {
    return (
      <ActionDialog
        {...common}
        title={`Rotate key ${name}`}
        description="A new key takes its place. The old one works beside it for a while, so that agents can be moved over."
        action={actions.rotateKeyAction}
        submitLabel="Rotate"
        renderResult={(result) => <ShownKey result={result} />}
      >
        {(errors) => (
          <SelectField
            name="overlapHours"
            label="Old key expires"
            choices={OVERLAPS}
            defaultValue="168"
            errors={errors}
          />
        )}
      </ActionDialog>
    );
  }
  if (kind === "delete") {
    return (
      <ActionDialog
        {...common}
        title={`Delete key ${name}`}
        description="It stops working at once, and agents that carry it are refused. The events they sent stay."
        action={actions.deleteKeyAction}
        submitLabel="Delete key"
        isDestructive
        done="The key is deleted."
      />
    );
  }
  return (
    <ActionDialog
      {...common}
      title={`Change key ${name}`}
      action={actions.changeKeyAction}
      submitLabel="Save"
      done="The key is changed."
    >
      {(errors) => <ChangeFields apiKey={apiKey} errors={errors} />}
    </ActionDialog>
  );
}

function ChangeFields({ apiKey, errors }: { apiKey: KeyView; errors: Record<string, string> }) {
  return (
    <>
      <TextField
        name="description"
        label="Description"
        defaultValue={apiKey.description ?? ""}
        errors={errors}
        maxLength={100}
      />
      <ScopeFields chosen={apiKey.scopes} errors={errors} />
      <NumberField
        name="expiresInDays"
        label="Expires in (days)"
        description="Leave blank to keep; 0 removes the expiry."
        errors={errors}
      />
    </>
  );
}
