import type { Text } from "../text";
import { unusableCodes } from "./refusals";
import { minutesParameter, thresholdParameter, type BurstRule } from "./rule";
import { techniqueOf } from "./technique";

export const unusableAccount: BurstRule = {
  name: "unusable-account",
  title: { key: "ruleTitles.unusableAccount" },
  question: { key: "ruleQuestions.unusableAccount" },
  severity: "medium",
  technique: techniqueOf("T1078"),
  subject: "account",
  counts: "events",
  parameters: [thresholdParameter({ key: "rules.minRefusals" }, 1, 1), minutesParameter(60, 1_440)],
  needs: ["logon_failed"],
  needsText: { key: "rules.needsStatus" },
  selects: (event) => unusableCodes(event).length > 0,
  sentence: ({ count, account, address, hasAddress, computers, codes }) => ({
    key: "ruleSentences.unusableAccount",
    values: { count, account, hasAddress, address, computers, reasons: { all: codes.map(reasonText) } },
  }),
  nextStep: { key: "ruleNextSteps.unusableAccount" },
};

const REASON: Readonly<Record<string, Text>> = {
  c0000072: { key: "ruleSentences.reasonDisabled" },
  c000006f: { key: "ruleSentences.reasonHours" },
  c0000070: { key: "ruleSentences.reasonComputer" },
  c0000193: { key: "ruleSentences.reasonExpired" },
  c0000413: { key: "ruleSentences.reasonFirewall" },
  c000015b: { key: "ruleSentences.reasonType" },
};

const reasonText = (code: string): Text =>
  REASON[code] ?? { key: "ruleSentences.reasonCode", values: { code: `0x${code.toUpperCase()}` } };
