"use client";

import { Download } from "lucide-react";
import { useState } from "react";
import { toast } from "@/components/ui/toast";
import { downloadPosted } from "@/components/exports/download";
import { NumberField, SelectField, SwitchField, TextAreaField, TextField } from "@/components/forms/fields";
import { Form } from "@/components/forms/form";
import { Button } from "@/components/ui/button";
import { FieldSet } from "@/components/ui/field";
import type { FormResult } from "@/lib/domain/form-result";
import { agentPackageInput, DEFAULT_INSTALL_DIR } from "@/lib/domain/agent-package";

export interface PackageFormProps {
  companyId: number;
  sites: readonly { id: number; name: string; hasKey: boolean }[];
  /** The portal's public address; null when nobody has told it. */
  serverUrl: string | null;
  timeZone: string;
  zones: readonly string[];
  /** Told each full path of a folder that may be installed to, as it is typed. */
  onInstallDirChange: (installDir: string) => void;
}

/** Checks the choices as the server does, then fetches the package and hands it to the browser. */
function usePackage({ companyId, sites }: Pick<PackageFormProps, "companyId" | "sites">) {
  const [state, setState] = useState<FormResult>({ status: "idle" });
  const [isPending, setIsPending] = useState(false);

  async function fetchPackage(form: FormData) {
    const values = Object.fromEntries([...form].filter(([, value]) => typeof value === "string"));
    const parsed = agentPackageInput.safeParse(values);
    const refuse = (fieldErrors: Record<string, string>) => setState({ status: "error", fieldErrors });
    if (!parsed.success) {
      const found = parsed.error.issues.toReversed();
      return refuse(Object.fromEntries(found.map((issue) => [String(issue.path[0]), issue.message])));
    }
    if (!sites.find(({ id }) => id === parsed.data.siteId)?.hasKey) {
      return refuse({ siteId: "This site has no working key. Make or enable one under Sites." });
    }
    setState({ status: "idle" });
    setIsPending(true);
    try {
      await downloadPosted(
        `/${companyId}/agent/download`,
        new URLSearchParams(values as Record<string, string>),
      );
    } catch (error) {
      toast.error(error instanceof Error ? error.message : "The package could not be downloaded.");
    } finally {
      setIsPending(false);
    }
  }
  return { state, isPending, fetchPackage };
}

export function PackageForm(props: PackageFormProps) {
  const { sites, serverUrl, timeZone, zones, onInstallDirChange } = props;
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
      <div className="grid gap-4 sm:grid-cols-2">
        <SelectField
          name="siteId"
          label="Site"
          errors={errors}
          choices={sites.map(({ id, name, hasKey }) => ({
            value: String(id),
            label: hasKey ? name : `${name} (no working key)`,
          }))}
        />
        <TextField
          name="serverUrl"
          label="Server address"
          defaultValue={serverUrl ?? ""}
          placeholder="https://winauthmon.example.com"
          errors={errors}
          isRequired
        />
        <TextField
          name="installDir"
          label="Install directory"
          defaultValue={DEFAULT_INSTALL_DIR}
          onChange={(event) => {
            const parsed = agentPackageInput.shape.installDir.safeParse(event.target.value);
            if (parsed.success) onInstallDirChange(parsed.data);
          }}
          errors={errors}
          isRequired
        />
        <SelectField
          name="timeZone"
          label="Time zone of the agent's logs"
          defaultValue={timeZone}
          errors={errors}
          choices={zones.map((zone) => ({ value: zone, label: zone.replaceAll("_", " ") }))}
        />
        <NumberField
          name="healthIntervalSeconds"
          label="Health check every, seconds"
          description="0 sends none."
          defaultValue={300}
          errors={errors}
        />
        <SwitchField
          name="hasDebugLogs"
          label="Write debug logs"
          errors={errors}
          className="content-center"
        />
      </div>
      <PackageDetails errors={errors} />
      <div className="flex flex-wrap items-center gap-3">
        <Button type="submit" isPending={isPending}>
          <Download aria-hidden />
          Download package
        </Button>
        <p className="text-sm text-muted-foreground">
          It holds the site&apos;s API key. The download is noted in the audit trail.
        </p>
      </div>
    </Form>
  );
}

/** What most people leave as it is. */
function PackageDetails({ errors }: { errors: Record<string, string> }) {
  const [isPublicIpWanted, setIsPublicIpWanted] = useState(true);
  return (
    <>
      <FieldSet legend="Public address">
        <SwitchField
          name="obtainsPublicIp"
          label="Find out the computer's public address"
          defaultChecked
          onCheckedChange={setIsPublicIpWanted}
          errors={errors}
        />
        <TextAreaField
          name="publicIpUrls"
          label="Addresses to ask, one a line"
          description="Each answers with the asking address as plain text. Only used when the switch above is on."
          defaultValue={"https://api.ipify.org\nhttps://ifconfig.me/ip"}
          readOnly={!isPublicIpWanted}
          errors={errors}
          rows={2}
        />
      </FieldSet>
      <FieldSet
        legend="Log files"
        description="A log file is renamed and begun anew when it reaches this size."
      >
        <div className="grid gap-4 sm:grid-cols-3">
          <NumberField name="sessionLogMb" label="Session log, MB" defaultValue={5} errors={errors} />
          <NumberField name="errorLogMb" label="Error log, MB" defaultValue={5} errors={errors} />
          <NumberField name="eventLogMb" label="Event log, MB" defaultValue={5} errors={errors} />
        </div>
      </FieldSet>
    </>
  );
}
