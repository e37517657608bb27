"use client";

import { useTranslations } from "next-intl";
import { useEffect, useRef, useState } from "react";
import { Late } from "@/components/ui/late";
import type { FormAction } from "@/lib/domain/form-result";
import type { ProofRequest } from "@/lib/domain/step-up";
import { answerProofRequests } from "./with-proof";

const loadDialog = () => import("./step-up-dialog").then((module) => module.StepUpDialog);

/** "Confirm it's you": asks for the password or a code on behalf of whatever form needs it (see `withProof`). */
export function StepUp({ action }: { action: FormAction }) {
  const t = useTranslations("forms");
  const [request, setRequest] = useState<ProofRequest | null>(null);
  const answer = useRef<(isProved: boolean) => void>(undefined);
  useEffect(() => {
    answerProofRequests(
      (asked) =>
        new Promise((resolve) => {
          answer.current?.(false);
          answer.current = resolve;
          setRequest(asked);
        }),
      t("notProved"),
    );
    return () => answerProofRequests(null);
  }, [t]);
  function close(isProved: boolean) {
    setRequest(null);
    answer.current?.(isProved);
    answer.current = undefined;
  }
  return (
    <Late isWanted={request !== null} load={loadDialog}>
      {(StepUpDialog) => <StepUpDialog action={action} request={request} onClose={close} />}
    </Late>
  );
}
