import { useWords } from "@/components/ui/use-words";
import { textsOf, type Text, type TextKey, type Wording } from "@/lib/domain/text";
import { PageHeader } from "./page-header";
import { RefusedCard } from "./refused-card";

interface ReportRefusedProps {
  /** The page's. */
  heading: string | Text;
  title: TextKey;
  description: Wording;
  /** Trying again makes sense as it is. */
  isBusy: boolean;
}

/** Instead of a report that found no place or is too much at once. */
export function ReportRefused({ heading, title, description, isBusy }: ReportRefusedProps) {
  const word = useWords();
  return (
    <>
      <PageHeader title={word(heading)} />
      <RefusedCard
        title={word({ key: title })}
        description={textsOf(description)
          .map((text) => word(text))
          .join(" ")}
        isBusy={isBusy}
      />
    </>
  );
}
