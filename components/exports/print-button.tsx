"use client";

import { Printer } from "lucide-react";
import { Button } from "@/components/ui/button";

/** Opens the browser's print dialog; not on the paper itself. */
export function PrintButton({ label }: { label: string }) {
  return (
    <Button data-print="hide" onClick={() => window.print()}>
      <Printer aria-hidden />
      {label}
    </Button>
  );
}
