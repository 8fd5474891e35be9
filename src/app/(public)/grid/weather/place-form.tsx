import { regionFacts } from "#domains/grid/index.ts";
import { namedPlaces } from "#domains/grid/server.ts";
import { Button } from "#ui/button.tsx";
import { Select } from "#ui/select.tsx";
import { routes } from "#ui/shell/routes.ts";
import type { WeatherFilters } from "#app/(public)/grid/weather/weather-filters.ts";

/** Chooses the place; the other filters stay. */
export function PlaceForm({ filters: { place, query } }: { filters: WeatherFilters }) {
  const { place: _place, ...others } = query;
  return (
    <form action={routes.weather.href} className="flex gap-2 max-sm:w-full">
      {Object.entries(others).map(([name, value]) => value !== undefined && <input key={name} type="hidden" name={name} value={value} />)}
      <Select key={place.slug} name="place" aria-label="Place" defaultValue={place.slug} className="min-w-0 text-13">
        {namedPlaces.map(({ slug, name, region }) => (
          <option key={slug} value={slug}>
            {`${name}, ${regionFacts[region].name}`}
          </option>
        ))}
      </Select>
      <Button type="submit">Show</Button>
    </form>
  );
}
