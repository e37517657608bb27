"use client";

import { NativeSelect } from "@/components/ui/native-select";
import { FILTER_CLASS } from "./list-filters";
import type { ListUrl } from "./use-list-url";

interface ListChoiceProps {
  url: ListUrl;
  /** In the address. */
  name: string;
  label: string;
  value: string;
  /** Does not stand in the address; the first of the choices unless said. */
  usual?: string;
  choices: Readonly<Record<string, string>>;
  /** Whether all choices have the same columns. */
  keepsSort?: boolean;
}

/** How a report is put together: always one of a few, one of them the usual. */
export function ListChoice({ url, name, label, value, choices, keepsSort, ...asked }: ListChoiceProps) {
  const usual = asked.usual ?? Object.keys(choices)[0];
  return (
    <NativeSelect
      className="max-w-[min(24rem,100vw-2rem)]"
      selectClassName={FILTER_CLASS}
      title={choices[value]}
      aria-label={label}
      value={value}
      // Another kind of row has other columns, so the order begins anew.
      onChange={(event) =>
        url.set({
          [name]: event.target.value === usual ? null : event.target.value,
          ...(!keepsSort && { sort: null }),
        })
      }
    >
      {Object.entries(choices).map(([choice, words]) => (
        <option key={choice} value={choice}>
          {words}
        </option>
      ))}
    </NativeSelect>
  );
}
