import type { Text } from "../text";
import { COMPANY_KINDS } from "./company-kinds";
import { REFERENCES, type Audience, type NotificationKind, type Reference } from "./kind";
import { PORTAL_KINDS } from "./portal-kinds";

/** Every kind there is, in the order screens list them. */
export const KINDS: readonly NotificationKind[] = [...COMPANY_KINDS, ...PORTAL_KINDS];

const byName = new Map(KINDS.map((kind) => [kind.name, kind]));

export function findKind(name: string): NotificationKind | undefined {
  return byName.get(name);
}

export function kindsFor(audience: Audience): NotificationKind[] {
  return KINDS.filter((kind) => kind.audience === audience);
}

/** What a kind is called; of one that this version does not know, its name. */
export function kindTitle(name: string): string | Text {
  return findKind(name)?.title ?? name;
}

/** The ids of the site, account and computer that parameters name. */
export function referencesOf(params: Record<string, unknown>): Record<Reference, number | null> {
  const idOf = (reference: Reference) => (params[reference] as { id: number } | undefined)?.id ?? null;
  return Object.fromEntries(REFERENCES.map((reference) => [reference, idOf(reference)])) as Record<
    Reference,
    number | null
  >;
}

/** The sentence of a stored notification; of a kind that this version does not know, its name. */
export function sentenceOf(name: string, params: unknown): string | Text {
  const kind = findKind(name);
  const parsed = kind?.params.safeParse(params);
  return kind && parsed?.success ? kind.sentence(parsed.data) : `${name}.`;
}

/**
 * A stored notification's parameters without what the portal keeps with them for itself; as they are where this version
 * doesn't know the kind.
 */
export function declaredParams(name: string, params: Record<string, unknown>): Record<string, unknown> {
  return findKind(name)?.params.safeParse(params).data ?? params;
}
