import { Alert, AlertDescription } from "@/components/ui/alert";
import type { FormResult } from "./form-result";

/** What is wrong with the form as a whole, read out when it appears. */
export function FormMessage({ state }: { state: FormResult }) {
  if (state.status !== "error" || !state.message) return null;
  return (
    <Alert variant="destructive" role="alert">
      <AlertDescription>{state.message}</AlertDescription>
    </Alert>
  );
}
