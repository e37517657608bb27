import { expect, it } from "vitest";
import { parseFolders } from "../../support/parsed-source";
import { callersOf, mentions, statementsOf } from "../../support/service-callers";
import { sourceFiles } from "../../support/source-files";

/** What each message begins with: a mail to a person, one that is sent at once, a report, and what goes to a channel. */
const BEGINNINGS = ["queueMail", "sendMail", "insertRun", "addDeliveries", "putDeliveries"];

/** Every action by which a user has a message sent, and the limit in its own statement, or in what it calls. */
const LIMITED: Record<string, RegExp> = {
  testChannelAction: /limitedPerCompany\("channel-test", testChannel\)/,
  replayAction: /limitedPerCompany\("channel-replay", replay\)/,
  sendReportNowAction: /limitedPerCompany\("report-now", sendNow, "report-now-user"\)/,
  requestPasswordResetAction: /"reset-address"[^;]*"mail-recipient"/,
  registerAction:
    /"register-address"[^;]*"register-all"[^]*"mail-recipient"[^;]*;\s+await withinLimits\(mails, \(\) => register\(/,
  createUserAction: /inviting\(/,
  resendInvitationAction: /invitingAgain\(/,
  updateAccountAction: /mailingNewAddress\(/,
};

/** Those that need none, and why. */
const UNLIMITED: Record<string, string> = {
  changePasswordAction: "to the user's own address",
  confirmMfaAction: "to the user's own address",
  disableMfaAction: "to the user's own address",
  changeChannelAction: "what waits for the channel anyway, which is sent once",
  pauseChannelAction: "what waits for the channel anyway, which is sent once",
  resumeChannelAction: "what waits for the channel anyway, which is sent once",
  unsubscribeAction: "to the owner, once for each schedule that it stops",
  assignAlertsAction: "from an administrator to another one of the company",
  resetPasswordAction: "from an administrator, whose trail has it, to a user of theirs",
  resetMfaAction: "from an administrator, whose trail has it, to a user of theirs",
  setGlobalRoleAction: "from an administrator, whose trail has it, to a user of theirs",
  setMembershipAction: "from an administrator, whose trail has it, to a user of theirs",
  removeMembershipAction: "from an administrator, whose trail has it, to a user of theirs",
  addMemberAction: "from an administrator, whose trail has it, to a user of theirs",
  sendTestMailAction: "from a GlobalAdmin, who set up the server",
};

const services = [...parseFolders(["lib/services"]).values()];
const ways = [...BEGINNINGS, ...callersOf(BEGINNINGS, services)];

const actions = [...sourceFiles(["app", "lib/server"]).values()].flatMap((text) =>
  statementsOf(text).flatMap((statement) => {
    const name = /^export (?:const|async function) (\w+Action)\b/.exec(statement)?.[1];
    return name && ways.some((way) => mentions(statement, way)) ? [[name, statement] as const] : [];
  }),
);

it("finds every action by which a user has a message sent, with its limit or the reason why it needs none", () => {
  const known = [...Object.keys(LIMITED), ...Object.keys(UNLIMITED)];
  expect(actions.map(([name]) => name).toSorted()).toEqual(known.toSorted());
});

it.each(Object.entries(LIMITED))("lets %s send nothing past its limit", (name, limit) => {
  expect(actions.find(([found]) => found === name)?.[1]).toMatch(limit);
});
