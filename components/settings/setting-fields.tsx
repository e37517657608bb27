import type { ReactNode } from "react";
import { NumberField, SwitchField } from "@/components/forms/fields";
import { cn } from "@/components/ui/cn";
import { FieldRow } from "@/components/ui/field";
import { useWords } from "@/components/ui/use-words";
import {
  SETTING_NAMES,
  SETTINGS,
  type Setting,
  type SettingName,
  type SettingPart,
} from "@/lib/domain/settings";
import type { EditableSettings } from "@/lib/services/settings/read-settings";

type Names<Value> = {
  [Name in keyof EditableSettings]: EditableSettings[Name] extends Value ? Name : never;
}[keyof EditableSettings];

/** What a field of the name is told: its stored value and what is wrong with it. */
export function fieldsOf(settings: EditableSettings, errors: Record<string, string>) {
  return {
    flag: (name: Names<boolean>) => ({ name, errors, defaultChecked: settings[name] }),
    value: (name: Names<string | number | null>) => ({ name, errors, defaultValue: settings[name] ?? "" }),
  };
}

export type SettingPartProps = ReturnType<typeof fieldsOf>;

interface SettingFieldsProps extends SettingPartProps {
  of: SettingPart;
  /** How numbers stand beside one another, with `children` before them. */
  grid?: string;
  /** Three in a row instead. */
  isRow?: boolean;
  children?: ReactNode;
}

const isFlag = (name: SettingName): name is SettingName & Names<boolean> => SETTINGS[name].type === "flag";

/** The declared settings of a part of the form: its numbers, and below them its switches. */
export function SettingFields({ of, flag, value, grid, isRow = false, children }: SettingFieldsProps) {
  const word = useWords("settings");
  const declared = SETTING_NAMES.filter((name) => SETTINGS[name].part === of);
  const shown = (setting: Setting) => ({
    label: word({ key: setting.label }),
    description: setting.note && word({ key: setting.note }),
    ...(setting.type === "optionalNumber" && { placeholder: word({ key: setting.none }) }),
  });
  const numbers = declared
    .filter((name) => !isFlag(name))
    .map((name) => <NumberField key={name} {...value(name)} {...shown(SETTINGS[name])} />);
  return (
    <>
      {isRow && <FieldRow>{numbers}</FieldRow>}
      {!isRow && (numbers.length > 0 || children) && (
        <div className={cn("grid items-start gap-4", grid)}>
          {children}
          {numbers}
        </div>
      )}
      {declared.filter(isFlag).map((name) => (
        <SwitchField key={name} {...flag(name)} {...shown(SETTINGS[name])} />
      ))}
    </>
  );
}
