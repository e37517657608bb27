/** Techniques of MITRE ATT&CK, by the names that MITRE gives them in every language. */
const TECHNIQUES = {
  T1078: "Valid Accounts",
  T1110: "Brute Force",
  "T1110.001": "Password Guessing",
  "T1110.003": "Password Spraying",
  T1562: "Impair Defenses",
  "T1562.001": "Disable or Modify Tools",
} as const;

export interface Technique {
  id: string;
  name: string;
}

export function techniqueOf(id: keyof typeof TECHNIQUES): Technique {
  return { id, name: TECHNIQUES[id] };
}
