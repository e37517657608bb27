import { CircleAlert } from "lucide-react";
import { type ComponentProps, type ReactNode, useId } from "react";
import { cn } from "./cn";
import { Label } from "./label";

export interface FieldControlProps {
  id: string;
  "aria-describedby"?: string;
  "aria-invalid"?: true;
  "aria-required"?: true;
}

interface FieldProps {
  label: ReactNode;
  description?: ReactNode;
  /** One message, or several that are shown as lines. */
  error?: string | readonly string[];
  isRequired?: boolean;
  /** Checkbox or switch: the label stands to the right of the control. */
  layout?: "stacked" | "inline";
  className?: string;
  /** Draws the control; spread the props onto it. */
  children: (control: FieldControlProps) => ReactNode;
}

function messages(error: FieldProps["error"]): readonly string[] {
  if (!error) return [];
  return typeof error === "string" ? [error] : error;
}

/** Props that tie a control to the label, description and error of its Field; their ids begin with the control's. */
function fieldControl(
  id: string,
  field: Pick<FieldProps, "description" | "error" | "isRequired">,
): FieldControlProps {
  const hasError = messages(field.error).length > 0;
  const describedBy = [field.description && `${id}-description`, hasError && `${id}-error`].filter(Boolean);
  return {
    id,
    ...(describedBy.length > 0 && { "aria-describedby": describedBy.join(" ") }),
    ...(hasError && { "aria-invalid": true }),
    ...(field.isRequired && { "aria-required": true }),
  };
}

/**
 * A form control with its label, description and error, wired for screen readers.
 *
 * `<Field label="E-mail" error={errors.email}>{(control) => <Input {...control} name="email" />}</Field>`
 */
export function Field({
  label,
  description,
  error,
  isRequired,
  layout = "stacked",
  className,
  children,
}: FieldProps) {
  // Two forms of a page may have fields of one name.
  const id = useId();
  const control = children(fieldControl(id, { description, error, isRequired }));
  const text = (
    <Label htmlFor={id} className={layout === "inline" ? "leading-snug" : undefined}>
      {label}
      {isRequired && (
        <span aria-hidden className="-ms-1 text-muted-foreground">
          *
        </span>
      )}
    </Label>
  );
  return (
    <div data-slot="field" className={cn("grid content-start gap-2", className)}>
      {layout === "inline" ? (
        <div className="flex min-h-6 items-center gap-2.5">
          {control}
          {text}
        </div>
      ) : (
        <>
          {text}
          {control}
        </>
      )}
      {description && <FieldDescription id={`${id}-description`}>{description}</FieldDescription>}
      <FieldError id={`${id}-error`} error={error} />
    </div>
  );
}

/** Fields without descriptions, three in a row: their controls stand in one line, though a label may take two. */
export function FieldRow({ children }: { children: ReactNode }) {
  return (
    <div
      data-slot="field-row"
      className="grid gap-4 sm:-mb-2 sm:grid-cols-3 sm:gap-y-2 sm:*:row-span-3 sm:*:grid-rows-subgrid sm:[&>*>label]:self-end sm:[&>*>label]:leading-tight"
    >
      {children}
    </div>
  );
}

function FieldDescription({ className, ...props }: ComponentProps<"p">) {
  return (
    <p data-slot="field-description" className={cn("text-sm text-muted-foreground", className)} {...props} />
  );
}

export function FieldError({
  id,
  error,
  className,
}: {
  id?: string;
  error?: string | readonly string[];
  className?: string;
}) {
  const lines = messages(error);
  if (lines.length === 0) return null;
  return (
    <div
      id={id}
      data-slot="field-error"
      className={cn("flex gap-1.5 text-sm text-destructive-text", className)}
    >
      <CircleAlert aria-hidden className="mt-0.5 size-4 shrink-0" />
      <div>
        {lines.map((line) => (
          <p key={line}>{line}</p>
        ))}
      </div>
    </div>
  );
}

/** A named group of fields. */
export function FieldSet({
  legend,
  description,
  className,
  children,
  ...props
}: ComponentProps<"fieldset"> & { legend: ReactNode; description?: ReactNode }) {
  return (
    <fieldset data-slot="field-set" className={cn("grid min-w-0 gap-4", className)} {...props}>
      <legend className="mb-3 text-sm font-semibold">{legend}</legend>
      {description && <FieldDescription className="-mt-2">{description}</FieldDescription>}
      {children}
    </fieldset>
  );
}
