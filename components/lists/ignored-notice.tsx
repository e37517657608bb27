import { Alert, AlertDescription } from "@/components/ui/alert";

/** Says what of an address was left out because it was not understood; draws nothing when all was. */
export function IgnoredNotice({ ignored }: { ignored: readonly string[] }) {
  if (ignored.length === 0) return null;
  return (
    <Alert>
      <AlertDescription className="wrap-anywhere">
        Part of the address was not understood and is left out: {ignored.join(", ")}
      </AlertDescription>
    </Alert>
  );
}
