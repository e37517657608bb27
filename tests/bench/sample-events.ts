/** One event of the benchmark, both as an agent sends it and as a row of `events`. */
export interface SampleEvent {
  eventType: string;
  kind: number;
  /** 1 to ACCOUNT_COUNT and 1 to COMPUTER_COUNT: positions, not ids. */
  account: number;
  computer: number;
  /** Epoch milliseconds; different for every number. */
  at: number;
  localIp: string;
}

export const ACCOUNT_COUNT = 500;
export const COMPUTER_COUNT = 250;
export const PUBLIC_IP = "203.0.113.9";

const KINDS: readonly (readonly [string, number])[] = [
  ["Logon", 1],
  ["Lock", 4],
  ["Unlock", 2],
  ["Logoff", 6],
];

/** Over how many companies events are spread, and how many accounts each of them has; half as many computers. */
export interface Spread {
  companies: number;
  accounts: number;
}

export const ONE_COMPANY: Spread = { companies: 1, accounts: ACCOUNT_COUNT };

/**
 * The `number`th sample event, counted from `since` (epoch milliseconds) in steps of one millisecond. Companies take
 * turns, so those of one company follow one another by as many numbers as there are companies.
 */
export function sampleEvent(
  number: number,
  since: number,
  { companies, accounts }: Spread = ONE_COMPANY,
): SampleEvent {
  const turn = Math.floor(number / companies);
  const account = (turn % accounts) + 1;
  const computer = (account % (accounts / 2)) + 1;
  const [eventType, kind] = KINDS[Math.floor(turn / accounts) % KINDS.length]!;
  return {
    eventType,
    kind,
    account,
    computer,
    at: since + number,
    localIp: `10.0.${computer % 200}.${account % 250}`,
  };
}

export function accountName(position: number): string {
  return `first.last${position}`;
}

export function computerName(position: number): string {
  return `WORKSTATION-${position}`;
}

/** The event as the documented agents spell it. */
export function wireJson(event: SampleEvent): string {
  return (
    `{"EventType":"${event.eventType}","UserName":"${accountName(event.account)}",` +
    `"ComputerName":"${computerName(event.computer)}","LocalIP":"${event.localIp}","PublicIP":"${PUBLIC_IP}",` +
    `"Timestamp":"${new Date(event.at).toISOString()}","retry":0}`
  );
}
