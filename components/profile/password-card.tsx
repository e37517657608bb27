import { Link } from "@/components/ui/link";
import { Button } from "@/components/ui/button";
import { TitledCard } from "@/components/ui/card";

export function PasswordCard() {
  return (
    <TitledCard title="Password" contentClassName="grid gap-3">
      <p className="text-sm text-muted-foreground">
        Changing it asks for the present one and signs you out everywhere else.
      </p>
      <Button asChild variant="outline" className="w-fit">
        <Link href="/change-password?next=%2Fprofile">Change password</Link>
      </Button>
    </TitledCard>
  );
}
