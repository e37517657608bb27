import { expect, it } from "vitest";
import { alertTableColumns } from "@/components/alerts/alert-columns";
import { ALERT_SORTS } from "@/lib/domain/reports/alerts";

it("each order that alerts can have begins at a header, and each sortable header is an order", () => {
  const columns = alertTableColumns({
    t: ((key: string) => key) as never,
    word: (() => "") as never,
    isManyCompanies: true,
    zone: "Etc/UTC",
    alerts: [],
    managed: [1],
    chosen: new Set(),
    onChoose: () => undefined,
  });
  const sortable = columns.flatMap(({ id, firstSort }) => (firstSort ? [id] : []));
  expect(sortable.toSorted()).toEqual(ALERT_SORTS.toSorted());
});
