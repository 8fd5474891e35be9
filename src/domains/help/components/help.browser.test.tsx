import { describe, expect, test } from "vitest";
import { page } from "vitest/browser";
import { render } from "vitest-browser-react";
import { ArticleMeta } from "#domains/help/components/article-meta.tsx";
import { ArticleSources } from "#domains/help/components/article-sources.tsx";
import { NeighbourLinks } from "#domains/help/components/neighbour-links.tsx";
import { OnThisPage } from "#domains/help/components/on-this-page.tsx";
import { OriginNotice } from "#domains/help/components/origin-notice.tsx";
import { HelpSearchForm } from "#domains/help/components/search-form.tsx";
import { SearchResults } from "#domains/help/components/search-results.tsx";
import { TagFilter } from "#domains/help/components/tag-filter.tsx";
import { RecentEntries } from "#domains/help/components/recent-entries.tsx";
import { makeEntry } from "../../../../tests/support/answers.ts";

const link = (name: string | RegExp) => page.getByRole("link", { name });
const marks = () => Array.from(document.querySelectorAll("mark"), (mark) => mark.textContent);

describe("On this page", () => {
  const items = [
    { id: "prices", text: "Prices" },
    { id: "demand", text: "Demand" },
  ];

  test("marks the section that is being read", async () => {
    await render(
      <>
        <OnThisPage items={items} />
        {items.map(({ id, text }) => (
          <section key={id} style={{ height: 1_500 }}>
            <h2 id={id}>{text}</h2>
          </section>
        ))}
      </>,
    );
    await expect.element(link("Prices")).toHaveAttribute("aria-current", "location");
    document.getElementById("demand")?.scrollIntoView();
    await expect.element(link("Demand")).toHaveAttribute("aria-current", "location");
    await expect.element(link("Prices")).not.toHaveAttribute("aria-current");
    await expect.element(link("Demand")).toHaveAttribute("href", "#demand");
  });

  test("lists a section whose heading isn't on the page without marking it", async () => {
    await render(<OnThisPage items={[{ id: "nowhere", text: "Nowhere" }]} />);
    await expect.element(link("Nowhere")).not.toHaveAttribute("aria-current");
  });
});

describe("search", () => {
  test("the form is one that works without script, and holds what was searched", async () => {
    await render(<HelpSearchForm query="hour" />);
    const field = page.getByRole("searchbox", { name: "Search help" });
    await expect.element(field).toHaveValue("hour");
    const form = page.getByRole("search", { name: "Help" }).element() as HTMLFormElement;
    expect([new URL(form.action).pathname, form.method]).toEqual(["/help", "get"]);
    await field.fill("ramp");
    expect([...new FormData(form)]).toEqual([["q", "ramp"]]);
  });

  test("results mark the words, lead to the section and end with a whole word", async () => {
    const found = { id: "hour-ending", title: "Hour ending", short: "", topic: "Reading the data", language: "en", score: 1 } as const;
    await render(
      <SearchResults
        results={[
          { ...found, heading: "Why it is so", snippet: "An hour is named by the end of the", marks: [{ start: 3, end: 7 }] },
          { ...found, id: "ramp", title: "Ramp", heading: null, snippet: "A ramp has no hours.", marks: [{ start: 14, end: 19 }] },
        ]}
      />,
    );
    await expect.element(link("Hour ending")).toHaveAttribute("href", "/help/hour-ending#why-it-is-so");
    await expect.element(link("Ramp")).toHaveAttribute("href", "/help/ramp");
    await expect.element(page.getByText("Reading the data · Why it is so")).toBeVisible();
    expect(page.getByRole("listitem").first().element().textContent).toContain("by the end of the …");
    expect(marks()).toEqual(["hour", "hours"]);
  });
});

describe("the index", () => {
  const entries = Array.from({ length: 6 }, (_, index) => makeEntry(`e${index}`, `Entry ${index}`, { tags: index < 2 ? ["time"] : ["market"] }));

  test("in short, it shows the five English entries that changed last, each with its day", async () => {
    const changed = ["01", "05", "03", "05", "02", "04"].map((day, index) => makeEntry(`c${index}`, `Changed ${index}`, { updatedAt: `2026-11-${day}T12:00:00Z` }));
    const french = makeEntry("fr", "Changée", { language: "fr", updatedAt: "2026-11-20T12:00:00Z" });
    await render(<RecentEntries entries={[...changed, french]} dayOf={(time) => time.slice(5, 10)} />);
    expect(page.getByRole("link").elements().map((each) => each.textContent)).toEqual(["Changed 111-05", "Changed 311-05", "Changed 511-04", "Changed 211-03", "Changed 411-02"]);
  });

  test("a tag shows the entries that carry it", async () => {
    const screen = await render(<TagFilter tag="time" entries={entries} />);
    await expect.element(page.getByText("2 entries with the tag “time”")).toBeVisible();
    expect(page.getByRole("listitem").elements().map((item) => item.textContent)).toEqual(["Entry 0Entry 0 in short.", "Entry 1Entry 1 in short."]);
    await screen.rerender(<TagFilter tag="time" entries={entries.slice(1)} />);
    await expect.element(page.getByText("1 entry with the tag “time”")).toBeVisible();
    await screen.rerender(<TagFilter tag="gone" entries={entries} />);
    await expect.element(page.getByText("No entry carries this tag")).toBeVisible();
    await expect.element(link("Show all help")).toHaveAttribute("href", "/help");
  });
});

describe("around an article", () => {
  test("tags lead to their entries; date and length are told", async () => {
    await render(<ArticleMeta tags={["market & price"]} updatedAt="2026-03-02T12:00:00Z" body={"word ".repeat(660)} />);
    await expect.element(link("market & price")).toHaveAttribute("href", "/help?tag=market%20%26%20price");
    await expect.element(page.getByText("Updated 2 Mar 2026")).toBeVisible();
    await expect.element(page.getByText("3 min read")).toBeVisible();
  });

  test("sources are numbered and tell no other site where the reader was", async () => {
    await render(<ArticleSources sources={[{ title: "IESO", url: "https://www.ieso.ca/a" }]} />);
    await expect.element(link("IESO")).toHaveAttribute("rel", "noreferrer");
    expect(page.getByRole("list").element().textContent).toBe("1IESO");
  });

  test("neighbours lead on; what isn't there takes no place", async () => {
    const screen = await render(<NeighbourLinks previous={makeEntry("hoep", "HOEP")} next={makeEntry("ramp", "Ramp")} />);
    await expect.element(page.getByRole("navigation", { name: "In this topic" })).toHaveTextContent("Previous:HOEPNext:Ramp");
    await screen.rerender(<NeighbourLinks next={makeEntry("ramp", "Ramp")} />);
    await expect.element(link("Ramp")).toHaveAttribute("href", "/help/ramp");
    await expect.element(link("HOEP")).not.toBeInTheDocument();
    await screen.rerender(
      <>
        <NeighbourLinks />
        <ArticleSources sources={[]} />
        <OriginNotice origin="database" />
      </>,
    );
    expect(screen.container.textContent).toBe("");
  });

  test("a copy is told to be one", async () => {
    await render(<OriginNotice origin="bundled" />);
    await expect.element(page.getByText("The database isn’t answering")).toBeVisible();
  });
});
