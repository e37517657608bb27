"use client";

import { ChevronDown } from "lucide-react";
import { Button } from "@/components/ui/button";
import { LatePopup } from "@/components/ui/late-popup";
import type { ChoiceMenuProps, ChoicePopup } from "./choice-popup";

const loadPopup = () => import("./choice-popup").then((module) => module.ChoicePopup);

/** A filter of which several values may be chosen. */
export function ChoiceMenu<Value extends string | number>(props: ChoiceMenuProps<Value>) {
  const { label, chosen } = props;
  return (
    <LatePopup
      opens="menu"
      load={loadPopup as () => Promise<typeof ChoicePopup<Value>>}
      {...props}
      trigger={
        <Button variant="outline" className="px-3">
          {label}
          {chosen.length > 0 && <span className="tabular text-muted-foreground">{chosen.length}</span>}
          <ChevronDown aria-hidden className="text-muted-foreground" />
        </Button>
      }
    />
  );
}
