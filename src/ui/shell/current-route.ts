/** Whether a path is the route itself ("page"), lies below it ("true"), or neither: values of aria-current. */
export function currentState(pathname: string, href: string): "page" | "true" | undefined {
  if (pathname === href) return "page";
  return href !== "/" && pathname.startsWith(`${href}/`) ? "true" : undefined;
}
