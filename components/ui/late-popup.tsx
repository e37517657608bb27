"use client";

import {
  cloneElement,
  type ComponentType,
  type HTMLAttributes,
  type KeyboardEvent,
  type ReactElement,
  useState,
} from "react";
import { readPageAnew } from "./late";

export interface LatePopupProps {
  /** The button that opens it. The popup is open when it is first drawn. */
  trigger: ReactElement<HTMLAttributes<HTMLElement>>;
}

/**
 * A button whose menu or popover is fetched when a pointer or the focus comes near. At the first press the popup takes
 * the button's place and is open at once. `load` is a constant of the module.
 */
export function LatePopup<Props extends LatePopupProps>({
  load,
  opens,
  ...props
}: Props & { load: () => Promise<ComponentType<Props>>; opens: "menu" | "dialog" }) {
  const [Popup, setPopup] = useState<ComponentType<Props> | null>(null);
  if (Popup) return <Popup {...(props as unknown as Props)} />;
  const prepare = () => void load().catch(() => undefined);
  const open = () => void load().then((loaded) => setPopup(() => loaded), readPageAnew);
  return cloneElement(props.trigger, {
    "aria-haspopup": opens,
    "aria-expanded": false,
    onPointerEnter: prepare,
    onFocus: prepare,
    onClick: open,
    onKeyDown: (event: KeyboardEvent) => {
      if (opens !== "menu" || event.key !== "ArrowDown") return;
      event.preventDefault();
      open();
    },
  });
}
