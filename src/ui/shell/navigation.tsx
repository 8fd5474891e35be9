import { NavLink } from "#ui/shell/nav-link.tsx";
import type { Place } from "#ui/shell/routes.ts";

export function Navigation({ groups }: { groups: Place[][] }) {
  return (
    <nav aria-label="Main">
      {groups.map((group, index) => (
        <ul key={group[0]?.id} className={index > 0 ? "mt-2 before:mx-2 before:mb-2 before:block before:border-t" : undefined}>
          {group.map(({ id, href, label, icon: Icon }) => (
            <li key={id}>
              <NavLink href={href} label={label} icon={<Icon />} />
            </li>
          ))}
        </ul>
      ))}
    </nav>
  );
}
