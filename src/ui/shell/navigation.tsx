import { NavLink } from "#ui/shell/nav-link.tsx";
import type { NavigationEntry, PlaceSection } from "#ui/shell/routes.ts";

export function Navigation({ groups }: { groups: NavigationEntry[][] }) {
  return (
    <nav aria-label="Main">
      {groups.map((group, index) => (
        <ul key={group[0]?.id} className={index > 0 ? "mt-2 before:mx-2 before:mb-2 before:block before:border-t" : undefined}>
          {group.map((entry) => (
            <li key={entry.id}>{"places" in entry ? <Section {...entry} /> : <NavLink href={entry.href} label={entry.label} icon={<entry.icon />} />}</li>
          ))}
        </ul>
      ))}
    </nav>
  );
}

function Section({ label, icon: Icon, places }: PlaceSection) {
  return (
    <>
      <div className="flex h-control items-center gap-2 px-2 text-muted max-md:text-16">
        <Icon />
        {label}
      </div>
      <ul aria-label={label}>
        {places.map(({ id: placeId, href, label: name }) => (
          <li key={placeId}>
            <NavLink href={href} label={name} indented />
          </li>
        ))}
      </ul>
    </>
  );
}
