import { Globe } from "lucide-react";
import { useTranslations } from "next-intl";
import { formatOffset } from "./format";
import { zoneWords } from "./zone-choices";

interface ZoneLabelProps {
  zone: string;
  /** The instant whose offset is shown, epoch milliseconds: when the page was read. */
  at: number;
}

/** Said once a screen: the zone all its times are in. */
export function ZoneLabel({ zone, at }: ZoneLabelProps) {
  const t = useTranslations("lists");
  const name = zoneWords(zone);
  const offset = formatOffset(at, zone);
  return (
    <span className="inline-flex items-center gap-1.5 text-sm text-muted-foreground">
      <Globe aria-hidden className="size-3.5 shrink-0" />
      <span>{zone === offset ? t("zone", { zone }) : t("zoneOffset", { zone: name, offset })}</span>
    </span>
  );
}
