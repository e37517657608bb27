/** What a company tells its people until it has written a text of its own. */
export function defaultPrivacyText(companyName: string): string {
  return `${companyName} records when people sign in to its Windows computers, lock them and sign out. It does so to keep its computers and accounts secure, to look into failures and misuse, and to account for the time computers are in use.

What people do at the computer is not recorded: no keystrokes, no screens, no files, no web pages and no messages.

The records are read by the administrators of ${companyName} and those who run this portal for it. They are given to nobody else unless the law demands it.

You may ask what is recorded about you, have what is wrong put right, and ask that your name be erased. Turn to your manager or to whoever looks after your computer.`;
}
