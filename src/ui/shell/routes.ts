import type { ComponentType } from "react";
import Activity from "lucide-react/icons/activity";
import BookOpen from "lucide-react/icons/book-open";
import CloudSun from "lucide-react/icons/cloud-sun";
import Database from "lucide-react/icons/database";
import LayoutDashboard from "lucide-react/icons/layout-dashboard";
import Map from "lucide-react/icons/map";
import Megaphone from "lucide-react/icons/megaphone";
import MessageCircleQuestionMark from "lucide-react/icons/message-circle-question-mark";
import Shield from "lucide-react/icons/shield";
import Zap from "lucide-react/icons/zap";

/** A place of a frame's navigation. */
export interface Place {
  id: string;
  href: string;
  label: string;
  icon: ComponentType;
}

/** Places under one heading, which itself leads nowhere. */
export interface PlaceSection {
  id: string;
  label: string;
  icon: ComponentType;
  places: Place[];
}

export type NavigationEntry = Place | PlaceSection;

export interface Route extends Place {
  /** Routes of one group stand together in the navigation. */
  group: "grid" | "answers" | "about";
  /** The heading that it stands under in the navigation, and that its breadcrumbs begin with. */
  section?: keyof typeof routeSections;
  /** Help entry of the page. */
  helpId?: string;
  /** Words that find the page in the palette, besides its label. */
  keywords: string[];
}

/** Headings of the navigation; `href` is the page that lists what is below. */
export const routeSections = { grid: { id: "grid", href: "/grid", label: "Grid", icon: Zap } } as const;

/** Every place of the interface: navigation, palette, breadcrumbs and page titles are made from this list. */
export const routes = {
  overview: {
    id: "overview",
    href: "/",
    label: "Overview",
    icon: LayoutDashboard,
    group: "grid",
    helpId: "overview",
    keywords: ["home", "start", "dashboard", "now", "demand", "regions", "Québec", "New Brunswick"],
  },
  ontario: {
    id: "ontario",
    href: "/grid/ontario",
    label: "Ontario",
    icon: Zap,
    group: "grid",
    section: "grid",
    helpId: "ontario-page",
    keywords: ["IESO", "ON", "demand", "supply", "generation", "price", "HOEP", "zonal", "interties", "nuclear", "hydro", "gas", "wind", "solar"],
  },
  alberta: {
    id: "alberta",
    href: "/grid/alberta",
    label: "Alberta",
    icon: Zap,
    group: "grid",
    section: "grid",
    helpId: "alberta-page",
    keywords: ["AESO", "AB", "demand", "load", "AIL", "supply", "generation", "pool price", "SMP", "interties", "coal", "gas", "wind", "solar"],
  },
  provinces: {
    id: "provinces",
    href: "/grid/provinces",
    label: "Provinces",
    icon: Map,
    group: "grid",
    section: "grid",
    helpId: "provinces",
    keywords: ["regions", "compare", "Québec", "Hydro-Québec", "New Brunswick", "NB Power", "British Columbia", "Manitoba", "Saskatchewan", "Nova Scotia", "Newfoundland", "PEI"],
  },
  weather: {
    id: "weather",
    href: "/grid/weather",
    label: "Weather",
    icon: CloudSun,
    group: "grid",
    section: "grid",
    helpId: "weather-page",
    keywords: ["temperature", "wind", "cloud", "solar radiation", "Open-Meteo", "MSC", "Environment Canada"],
  },
  security: {
    id: "security",
    href: "/security",
    label: "Security",
    icon: Shield,
    group: "grid",
    helpId: "security-page",
    keywords: ["threats", "threat models", "incidents", "mitigations", "cyber", "attack"],
  },
  consultations: {
    id: "consultations",
    href: "/consultations",
    label: "Consultations",
    icon: Megaphone,
    group: "grid",
    helpId: "consultations-page",
    keywords: ["engagement", "public comment", "hearing", "regulator", "OEB", "AUC", "CER"],
  },
  sources: {
    id: "sources",
    href: "/sources",
    label: "Sources",
    icon: Database,
    group: "grid",
    helpId: "source-health",
    keywords: ["data", "publishers", "IESO", "AESO", "Hydro-Québec", "NB Power", "Open-Meteo", "MSC", "licence", "freshness", "feeds"],
  },
  ask: {
    id: "ask",
    href: "/ask",
    label: "Ask",
    icon: MessageCircleQuestionMark,
    group: "answers",
    helpId: "ask",
    keywords: ["question", "answer", "assistant", "search"],
  },
  help: {
    id: "help",
    href: "/help",
    label: "Help",
    icon: BookOpen,
    group: "about",
    helpId: "help-feedback",
    keywords: ["documentation", "glossary", "terms", "guide"],
  },
  status: {
    id: "status",
    href: "/status",
    label: "System status",
    icon: Activity,
    group: "about",
    helpId: "system-status",
    keywords: ["health", "system", "uptime", "database"],
  },
} as const satisfies Record<string, Route>;

const all: Route[] = Object.values(routes);

/** The navigation: groups that stand together, with what is below a heading gathered under it. */
export const navigation: NavigationEntry[][] = Object.values(Object.groupBy(all, (route) => route.group)).map(gather);

function gather(group: Route[]): NavigationEntry[] {
  return group.flatMap<NavigationEntry>((route, index) => {
    if (!route.section) return [route];
    const isFirst = group.findIndex(({ section }) => section === route.section) === index;
    return isFirst ? [{ ...routeSections[route.section], places: placesOf(route.section) }] : [];
  });
}

/** The places under a heading, in their order. */
export function placesOf(section: keyof typeof routeSections): Route[] {
  return all.filter((route) => route.section === section);
}

/** The way to a page below a heading: the heading, then the page itself. */
export function crumbsOf({ label, section }: Pick<Route, "label" | "section">): { label: string; href?: string }[] {
  if (!section) return [{ label }];
  const { label: heading, href } = routeSections[section];
  return [{ label: heading, href }, { label }];
}

/** Every place of a navigation, those under headings included. */
export function flattenPlaces(groups: NavigationEntry[][]): Place[] {
  return groups.flat().flatMap((entry) => ("places" in entry ? entry.places : [entry]));
}
