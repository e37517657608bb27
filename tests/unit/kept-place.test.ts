import { afterEach, expect, it, vi } from "vitest";
import { keepPlace } from "@/components/forms/use-kept-place";

afterEach(() => void vi.unstubAllGlobals());

/** What of an element the focus needs: nothing here draws pages. */
class Place {
  isConnected = true;
  parentElement: Place | null;
  givenTabIndex: number | null = null;

  constructor(parent: Place | null) {
    this.parentElement = parent;
  }
  /** Every place is one that the focus may go to. */
  closest(): Place {
    return this;
  }
  get tabIndex(): number {
    return this.givenTabIndex ?? -1;
  }
  set tabIndex(index: number) {
    this.givenTabIndex = index;
  }
  focus(): void {
    page.activeElement = this;
  }
}

const body = new Place(null);
const page = { activeElement: body, body };

/** A button in a card in a page's main part, which has the focus. */
function show(preferred: readonly Place[] = []) {
  const main = new Place(null);
  const card = new Place(main);
  const button = new Place(card);
  page.activeElement = button;
  vi.stubGlobal("document", page);
  const leave = async () => {
    keepPlace(button as unknown as HTMLElement, () => preferred as unknown as HTMLElement[]);
    // As browsers do when what has the focus is taken from the page.
    if (page.activeElement === button) page.activeElement = body;
    await Promise.resolve();
  };
  return { main, card, button, leave };
}

it("gives the focus of a button that goes to the card around it", async () => {
  const { card, leave } = show();
  await leave();
  expect(page.activeElement).toBe(card);
  expect(card.givenTabIndex).toBe(-1);
});

it("gives it to the page where the card goes as well, and leaves that its place among the tabs", async () => {
  const { main, card, leave } = show();
  card.isConnected = false;
  main.tabIndex = 0;
  await leave();
  expect(page.activeElement).toBe(main);
  expect(main.tabIndex).toBe(0);
});

it("gives it to the first of the preferred places that is still there", async () => {
  const [gone, beside, search] = [new Place(null), new Place(null), new Place(null)];
  gone.isConnected = false;
  beside.tabIndex = 0;
  const { leave } = show([gone, beside, search]);
  await leave();
  expect(page.activeElement).toBe(beside);
  expect(beside.tabIndex).toBe(0);
});

it("leaves the focus where something else has it, before or after", async () => {
  const other = new Place(null);
  const before = show();
  page.activeElement = other;
  await before.leave();
  expect(page.activeElement).toBe(other);
  const after = show();
  const gone = after.leave();
  page.activeElement = other;
  await gone;
  expect(page.activeElement).toBe(other);
});
