"use client";

import { useTranslations } from "next-intl";
import { ActionsMenu, DialogItem } from "@/components/forms/actions-menu";
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

const SCOPE = { ingest: "sendEvents", read: "readEvents", manage: "manageAlerts" } as const;
const OVERLAPS = [
  { value: "0", label: "immediately" },
  { value: "1", label: "inHour" },
  { value: "24", label: "inDay" },
  { value: "168", label: "inWeek" },
  { value: "720", label: "in30Days" },
] as const;

function ShownKey({ result }: { result: RevealedKey }) {
  const t = useTranslations("sites");
  return <SecretOnce label={t("apiKey")} secret={result.key} note={t("secretNote")} />;
}

function ScopeFields({ chosen, errors }: { chosen: readonly string[]; errors: Record<string, string> }) {
  const t = useTranslations("sites");
  return (
    <FieldSet legend={t("permissions")}>
      {API_SCOPES.map((scope) => (
        <div key={scope} className="flex items-center gap-2.5">
          <Checkbox
            id={`scope-${scope}`}
            name="scopes"
            value={scope}
            defaultChecked={chosen.includes(scope)}
          />
          <Label htmlFor={`scope-${scope}`}>{t(SCOPE[scope])}</Label>
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
  const t = useTranslations("sites");
  return (
    <DialogButton
      label={t("addKey")}
      title={t("addKeyTitle", { site: site.name })}
      action={action}
      hidden={{ companyId, siteId: site.id }}
      renderResult={(result) => <ShownKey result={result} />}
    >
      {(errors) => (
        <>
          <TextField
            name="description"
            label={t("description")}
            errors={errors}
            placeholder={site.name}
            maxLength={100}
          />
          <ScopeFields chosen={["ingest"]} errors={errors} />
          <NumberField
            name="expiresInDays"
            label={t("expiresIn")}
            description={t("expiresInNote")}
            errors={errors}
          />
        </>
      )}
    </DialogButton>
  );
}

interface KeyMenuProps {
  companyId: number;
  apiKey: KeyView;
  name: string;
  actions: SiteActions;
}

/** What can be done with a key, each in a dialog. */
export function KeyMenu({ companyId, apiKey, name, actions }: KeyMenuProps) {
  const t = useTranslations("sites");
  const hidden = { companyId, keyId: apiKey.id };
  const works = apiKey.state === "active";
  return (
    <ActionsMenu label={t("actionsFor", { name, id: String(apiKey.id) })}>
      <DialogItem
        label={t("showKey")}
        hidden={hidden}
        title={t("showKeyTitle", { name })}
        description={t("showKeyNote")}
        action={actions.revealKeyAction}
        renderResult={(result) => <ShownKey result={result} />}
      />
      <DialogItem
        label={t("rotate")}
        // A key that doesn't work has no time in which it goes on.
        hidden={works ? hidden : { ...hidden, overlapHours: 0 }}
        title={t("rotateTitle", { name })}
        description={t(works ? "rotateNote" : "rotateEndedNote")}
        action={actions.rotateKeyAction}
        renderResult={(result) => <ShownKey result={result} />}
      >
        {(errors) => <RotationFields apiKey={apiKey} errors={errors} />}
      </DialogItem>
      <DialogItem
        label={t("edit")}
        hidden={hidden}
        title={t("editTitle", { name })}
        action={actions.changeKeyAction}
        submitLabel={t("save")}
        done={t("keySaved")}
      >
        {(errors) => <ChangeFields apiKey={apiKey} errors={errors} />}
      </DialogItem>
      <DialogItem
        label={t("delete")}
        hidden={hidden}
        title={t("deleteKeyTitle", { name })}
        description={t("deleteKeyNote")}
        action={actions.deleteKeyAction}
        submitLabel={t("deleteKey")}
        isDestructive
        done={t("keyDeleted")}
      />
    </ActionsMenu>
  );
}

interface KeyFieldsProps {
  apiKey: KeyView;
  errors: Record<string, string>;
}

function RotationFields({ apiKey: { lifeDays, state }, errors }: KeyFieldsProps) {
  const t = useTranslations("sites");
  return (
    <>
      {state === "active" && (
        <SelectField
          name="overlapHours"
          label={t("oldKeyExpires")}
          choices={OVERLAPS.map(({ value, label }) => ({ value, label: t(label) }))}
          defaultValue="168"
          errors={errors}
        />
      )}
      <NumberField
        name="expiresInDays"
        label={t("newKeyExpiresIn")}
        description={t(lifeDays === null ? "expiresInNote" : "expiresInAsBefore")}
        defaultValue={lifeDays ?? ""}
        errors={errors}
      />
    </>
  );
}

function ChangeFields({ apiKey, errors }: KeyFieldsProps) {
  const t = useTranslations("sites");
  return (
    <>
      <TextField
        name="description"
        label={t("description")}
        defaultValue={apiKey.description ?? ""}
        errors={errors}
        maxLength={100}
      />
      <ScopeFields chosen={apiKey.scopes} errors={errors} />
      <NumberField
        name="expiresInDays"
        label={t("expiresIn")}
        description={t("expiresInKeep")}
        errors={errors}
      />
    </>
  );
}
