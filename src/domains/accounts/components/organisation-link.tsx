import Building2 from "lucide-react/icons/building-2";
import Link from "next/link";

/** The organisation that the reader works in, null for none, and the way to it. */
export function OrganisationLink({ name }: { name: string | null }) {
  return (
    <Link href="/organisation" className="flex h-control min-w-0 items-center gap-2 rounded px-2 text-text no-underline hover:bg-sunken max-md:text-16">
      <Building2 />
      <span className="truncate">{name ?? "No organisation"}</span>
    </Link>
  );
}
