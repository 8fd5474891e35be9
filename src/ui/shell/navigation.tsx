import { NavLink } from "#ui/shell/nav-link.tsx";
import { routeGroups } from "#ui/shell/routes.ts";

export function Navigation() {
  return (
    <nav aria-label="Main">
      {routeGroups.map((group, index) => (
        <ul key={group[0]?.group} className={index > 0 ? "mt-2 before:mx-2 before:mb-2 before:block before:border-t" : undefined}>
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
