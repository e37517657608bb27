import { StatusPage } from "@/components/layout/status-page";

export default function Forbidden() {
  return (
    <StatusPage
      heading="Not allowed"
      title="Your role does not allow this"
      description="If you need it, ask an administrator to change your role. A change counts at once."
    />
  );
}
