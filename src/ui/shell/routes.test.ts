import { expect, test } from "vitest";
import { crumbsOf, flattenPlaces, navigation, routes } from "#ui/shell/routes.ts";

test("every page is in the navigation once, in the order of the list", () => {
  expect(flattenPlaces(navigation).map(({ href }) => href)).toEqual(Object.values(routes).map(({ href }) => href));
});

test("pages of the grid stand under their heading, after the overview", () => {
  expect(navigation[0]?.slice(0, 3).map((entry) => ("places" in entry ? [entry.label, entry.places.map(({ label }) => label)] : entry.label))).toEqual([
    "Overview", ["Grid", ["Ontario", "Alberta", "Provinces", "Weather"]], "Security",
  ]);
});

test("breadcrumbs begin with the heading; a page of the first level is its own", () => {
  expect(crumbsOf(routes.ontario)).toEqual([{ label: "Grid", href: "/grid" }, { label: "Ontario" }]);
  expect(crumbsOf(routes.help)).toEqual([{ label: "Help" }]);
});
