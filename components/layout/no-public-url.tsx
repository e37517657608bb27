import { TriangleAlert } from "lucide-react";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";

/** Stands in examples for an address that nobody has told. */
export const EXAMPLE_URL = "https://winauthmon.example.com";

/** Warns where the portal's own address is needed and nobody has told it. */
export function NoPublicUrl({ consequence }: { consequence: string }) {
  return (
    <Alert variant="warning">
      <TriangleAlert aria-hidden />
      <AlertTitle>The public address of this portal is not set</AlertTitle>
      <AlertDescription>
        {consequence} The operator sets it with PUBLIC_URL, such as https://winauthmon.example.com, and
        restarts the server.
      </AlertDescription>
    </Alert>
  );
}
