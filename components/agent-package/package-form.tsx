"use client";

import { Download } from "lucide-react";
import { useTranslations } from "next-intl";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { downloadPosted, Refused } from "@/components/exports/download";
import { NumberField, SelectField, SwitchField, TextAreaField, TextField } from "@/components/forms/fields";
import { Form } from "@/components/forms/form";
import { EXAMPLE_URL } from "@/components/layout/no-public-url";
import { zoneChoices } from "@/components/time/zone-choices";
import { Button } from "@/components/ui/button";
import { FieldRow, FieldSet } from "@/components/ui/field";
import { useWords } from "@/components/ui/use-words";
import type { FormResult } from "@/lib/domain/form-result";
import { DEFAULT_INSTALL_DIR, isInstallDir, MOST_INSTALL_DIR } from "@/lib/domain/install-dir";
import { NO_KEY_TEXT } from "@/lib/domain/no-package-key";
import { readIssue } from "@/lib/domain/text";
import type { PackageSite } from "@/lib/services/agent-package/package-key";
import { PackageKey } from "./package-key";

export interface PackageFormProps {
  companyId: number;
  sites: readonly PackageSite[];
  /** The portal's public address; null when it isn't set. */
  serverUrl: string | null;
  /** The reader's. */
  zone: string;
  zones: readonly string[];
  /** Told each full path of a folder that may be installed to, as it is typed. */
  onInstallDirChange: (installDir: string) => void;
}

/** Checks the choices as the server does, then fetches the package and hands it to the browser. */
function usePackage({ companyId, sites }: Pick<PackageFormProps, "companyId" | "sites">) {
  const t = useTranslations("agentPackage");
  const word = useWords("agentPackage", "forms");
  const [state, setState] = useState<FormResult>({ status: "idle" });
  const [isPending, setIsPending] = useState(false);

  async function checkAndFetch(form: FormData) {
    const values = Object.fromEntries([...form].filter(([, value]) => typeof value === "string"));
    // The rules come with a library that no other part of the page needs.
    const { agentPackageInput } = await import("@/lib/domain/agent-package");
    const parsed = agentPackageInput.safeParse(values);
    const refuse = (fieldErrors: Record<string, string>) => setState({ status: "error", fieldErrors });
    if (!parsed.success) {
      const found = parsed.error.issues.toReversed();
      return refuse(
        Object.fromEntries(found.map(({ path, message }) => [String(path[0]), word(readIssue(message))])),
      );
    }
    const key = sites.find(({ id }) => id === parsed.data.siteId)?.key ?? "none";
    if (typeof key === "string") return refuse({ siteId: word({ key: NO_KEY_TEXT[key] }) });
    setState({ status: "idle" });
    await downloadPosted(
      `/${companyId}/agent/download`,
      new URLSearchParams(values as Record<string, string>),
    );
  }

  async function fetchPackage(form: FormData) {
    setIsPending(true);
    try {
      await checkAndFetch(form);
    } catch (error) {
      toast.error((error instanceof Refused && error.message) || t("downloadFailed"));
    } finally {
      setIsPending(false);
    }
  }
  return { state, isPending, fetchPackage };
}

export function PackageForm(props: PackageFormProps) {
  const t = useTranslations("agentPackage");
  const { serverUrl, zones, onInstallDirChange } = props;
  const { state, isPending, fetchPackage } = usePackage(props);
  const errors = state.fieldErrors ?? {};
  return (
    <Form
      state={state}
      className="grid gap-6"
      onSubmit={(event) => {
        event.preventDefault();
        if (!isPending) void fetchPackage(new FormData(event.currentTarget));
      }}
    >
      <div className="grid items-start gap-4 sm:grid-cols-2">
        <SiteField {...props} errors={errors} />
        <TextField
          name="serverUrl"
          label={t("serverUrl")}
          defaultValue={serverUrl ?? ""}
          placeholder={EXAMPLE_URL}
          errors={errors}
          isRequired
        />
        <TextField
          name="installDir"
          label={t("installDir")}
          description={t("installDirNote")}
          defaultValue={DEFAULT_INSTALL_DIR}
          onChange={(event) => {
            const dir = event.target.value.trim();
            if (dir.length <= MOST_INSTALL_DIR && isInstallDir(dir)) onInstallDirChange(dir);
          }}
          errors={errors}
          isRequired
        />
        <SelectField
          name="timeZone"
          label={t("timeZone")}
          errors={errors}
          choices={[{ value: "", label: t("computersZone") }, ...zoneChoices(zones)]}
        />
        <NumberField
          name="healthIntervalSeconds"
          label={t("healthInterval")}
          description={t("healthNote")}
          defaultValue={300}
          errors={errors}
        />
        <SwitchField name="hasDebugLogs" label={t("debugLogs")} errors={errors} className="self-center" />
      </div>
      <PackageDetails errors={errors} />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" isPending={isPending}>
          <Download aria-hidden />
          {t("download")}
        </Button>
        <p className="text-sm text-muted-foreground">{t("downloadNote")}</p>
      </div>
    </Form>
  );
}

function SiteField({
  companyId,
  sites,
  zone,
  errors,
}: PackageFormProps & { errors: Record<string, string> }) {
  const t = useTranslations("agentPackage");
  const [siteId, setSiteId] = useState(sites[0]!.id);
  // A site may have been deleted since.
  const site = sites.find(({ id }) => id === siteId) ?? sites[0]!;
  const hasError = errors.siteId !== undefined && typeof site.key === "string";
  return (
    <SelectField
      name="siteId"
      label={t("site")}
      errors={errors}
      value={String(site.id)}
      onChange={(event) => setSiteId(Number(event.target.value))}
      description={!hasError && <PackageKey companyId={companyId} apiKey={site.key} zone={zone} />}
      choices={sites.map(({ id, name, key }) => ({
        value: String(id),
        label: typeof key === "string" ? t("siteNoKey", { site: name }) : name,
      }))}
    />
  );
}

/** What most people leave as it is. */
function PackageDetails({ errors }: { errors: Record<string, string> }) {
  const t = useTranslations("agentPackage");
  const [isPublicIpWanted, setIsPublicIpWanted] = useState(true);
  return (
    <>
      <FieldSet legend={t("publicAddress")}>
        <SwitchField
          name="obtainsPublicIp"
          label={t("findPublic")}
          defaultChecked
          onCheckedChange={setIsPublicIpWanted}
          errors={errors}
        />
        <TextAreaField
          name="publicIpUrls"
          label={t("urls")}
          description={t("urlsNote")}
          defaultValue={"https://api.ipify.org\nhttps://ifconfig.me/ip"}
          readOnly={!isPublicIpWanted}
          errors={errors}
          rows={2}
        />
      </FieldSet>
      <FieldSet legend={t("logs")} description={t("logsNote")}>
        <FieldRow>
          <NumberField name="sessionLogMb" label={t("sessionLog")} defaultValue={5} errors={errors} />
          <NumberField name="errorLogMb" label={t("errorLog")} defaultValue={5} errors={errors} />
          <NumberField name="eventLogMb" label={t("eventLog")} defaultValue={5} errors={errors} />
        </FieldRow>
      </FieldSet>
    </>
  );
}
