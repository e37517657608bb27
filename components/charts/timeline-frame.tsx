"use client";

import { useTranslations } from "next-intl";
import { type ReactNode, useEffect, useRef } from "react";

interface TimelineFrameProps {
  label: string;
  /** Where the first thing happens, from 0 to 1 of the timeline. */
  firstShare: number;
  children: ReactNode;
}

/** Some of the time before it stays in view. */
const BEFORE_PIXELS = 24;

/** Scrolls sideways where the timeline is wider than the screen, and opens where the first thing happens. */
export function TimelineFrame({ label, firstShare, children }: TimelineFrameProps) {
  const t = useTranslations("lists");
  const frame = useRef<HTMLElement>(null);
  useEffect(() => {
    const [section, line] = [frame.current, frame.current?.querySelector<HTMLElement>("[data-line]")];
    if (!section || !line) return;
    section.scrollLeft = Math.max(0, line.offsetWidth * firstShare - BEFORE_PIXELS);
  }, [firstShare]);
  return (
    <section
      ref={frame}
      aria-label={t("scrollable", { label })}
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- it scrolls sideways on a phone
      tabIndex={0}
      data-print="expand"
      className="relative overflow-x-auto"
      data-scroll
    >
      {children}
    </section>
  );
}
