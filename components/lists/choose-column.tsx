import type { RowData } from "@tanstack/react-table";
import { useTranslations } from "next-intl";
import type { DataTableColumn } from "@/components/data-table/column";
import { Checkbox } from "@/components/ui/checkbox";

export interface Choice<Id> {
  chosen: ReadonlySet<Id>;
  onChoose: (chosen: ReadonlySet<Id>) => void;
}

interface ChooseColumnOptions<Row, Id> extends Choice<Id> {
  rows: readonly Row[];
  mayChoose: (row: Row) => boolean;
  /** Told at the box of a row that can't be chosen; such a row has no box without it. */
  refusal?: string;
  labelOf: (row: Row) => string;
  /** Its place among the values of a phone's card, where it stands without its word. */
  className: string;
}

/** A box in each row, and one in the header for all of them. It is always shown, and no file has it. */
export function chooseColumn<Row extends RowData & { id: Id }, Id>(
  options: ChooseColumnOptions<Row, Id>,
): DataTableColumn<Row> {
  const { rows, mayChoose, refusal, labelOf, chosen, onChoose, className } = options;
  const box = (row: Row) => (
    <Checkbox
      aria-label={labelOf(row)}
      checked={chosen.has(row.id)}
      disabled={!mayChoose(row)}
      title={mayChoose(row) ? undefined : refusal}
      onCheckedChange={(isChosen) => {
        const next = new Set(chosen);
        if (isChosen === true) next.add(row.id);
        else next.delete(row.id);
        onChoose(next);
      }}
    />
  );
  return {
    id: "choose",
    header: { key: "lists.select" },
    head: <ChooseAll {...{ chosen, onChoose }} ids={rows.filter(mayChoose).map(({ id }) => id)} />,
    cell: (row) => (mayChoose(row) || refusal !== undefined ? box(row) : null),
    isAlwaysShown: true,
    isPlainOnPhone: true,
    exportIds: [],
    className,
  };
}

function ChooseAll<Id>({ ids, chosen, onChoose }: Choice<Id> & { ids: readonly Id[] }) {
  const t = useTranslations("lists");
  const count = ids.filter((id) => chosen.has(id)).length;
  const isAll = count > 0 && count === ids.length;
  return (
    <Checkbox
      aria-label={t("selectAll")}
      checked={isAll || (count > 0 && "indeterminate")}
      disabled={ids.length === 0}
      onCheckedChange={() => onChoose(new Set(isAll ? [] : ids))}
    />
  );
}
