import { MailWarning } from "lucide-react";
import { Alert, AlertDescription, AlertTitle } from "@/components/ui/alert";

/** Nothing can be sent. */
export function MailMissing() {
  return (
    <Alert variant="warning">
      <MailWarning aria-hidden />
      <AlertTitle>Mail is not set up</AlertTitle>
      <AlertDescription>
        No report is sent until the operator sets SMTP_URL and MAIL_FROM. Schedules can be made already.
      </AlertDescription>
    </Alert>
  );
}
